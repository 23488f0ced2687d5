'use client'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'

interface Props {
  paused: boolean
  /** New mails that wait until nobody points at the list. */
  waiting: number
  /** Beside an open mail there is no room for the words. */
  narrow: boolean
  onPause: (paused: boolean) => void
  onShow: () => void
}

/** New mail appears by itself, and can be stopped from doing so (WCAG 2.2.2). */
export function LiveMark({ paused, waiting, narrow, onPause, onShow }: Props) {
  const t = useTranslations('received.live')
  return (
    <span className="ml-auto inline-flex items-center gap-2 text-ink-2 text-sm">
      {!paused && <span className="ui-pulse" aria-hidden="true" />}
      {waiting > 0 ? (
        <Button kind="quiet" size="sm" onClick={onShow}>
          {t('waiting', { count: waiting })}
        </Button>
      ) : (
        <span className={cx(narrow && 'sr-only')}>{t(paused ? 'off' : 'on')}</span>
      )}
      <Button kind="icon" size="sm" label={t(paused ? 'play' : 'pause')} onClick={() => onPause(!paused)}>
        {paused ? <Play /> : <Pause />}
      </Button>
    </span>
  )
}
