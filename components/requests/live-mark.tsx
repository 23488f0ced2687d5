'use client'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'

interface Props {
  paused: boolean
  /** New requests that wait until nobody points at the list. */
  added: number
  onPause: (paused: boolean) => void
  onShow: () => void
}

/** The queue changes by itself, and can be stopped from doing so (WCAG 2.2.2). */
export function LiveMark({ paused, added, onPause, onShow }: Props) {
  const t = useTranslations('requests.live')
  return (
    <span className="ml-auto inline-flex items-center gap-2 text-ink-2 text-sm">
      {!paused && <span className="ui-pulse" aria-hidden="true" />}
      {added > 0 ? (
        <Button kind="quiet" size="sm" onClick={onShow}>
          {t('added', { count: added })}
        </Button>
      ) : (
        t(paused ? 'off' : 'on')
      )}
      <Button kind="icon" size="sm" label={t(paused ? 'play' : 'pause')} onClick={() => onPause(!paused)}>
        {paused ? <Play /> : <Pause />}
      </Button>
    </span>
  )
}
