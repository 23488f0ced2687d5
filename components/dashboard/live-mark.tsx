'use client'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Live } from './use-live.ts'

interface Props {
  live: Live
  paused: boolean
  onPause: (paused: boolean) => void
}

/** How fresh the figures are; they can be stopped from changing (WCAG 2.2.2). */
export function LiveMark({ live: { figures, age, stale }, paused, onPause }: Props) {
  const t = useTranslations('dashboard.live')
  const format = useFormat()
  const time = figures.asOf ? format.time(figures.asOf) : ''
  if (!figures.running) return <p className="flex min-h-8 items-center text-ink-2 text-sm">{t('over')}</p>
  if (stale && !paused) {
    return (
      <p className="flex min-h-8 items-center text-sm">
        <Status kind="hold" icon={<Unplug />}>
          {figures.asOf ? t('stale', { time }) : t('never')}
        </Status>
      </p>
    )
  }
  return (
    <div className="flex min-h-8 items-center gap-2 text-ink-2 text-sm tabular-nums">
      {!paused && <span className="ui-pulse" aria-hidden="true" />}
      <span>{paused ? t('off', { time }) : age === null ? t('on') : t('since', { seconds: age })}</span>
      <Button kind="quiet" size="sm" onClick={() => onPause(!paused)}>
        {paused ? <Play /> : <Pause />}
        {t(paused ? 'play' : 'pause')}
      </Button>
    </div>
  )
}
