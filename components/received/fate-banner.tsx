import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import FolderMinus from 'lucide-react/icons/folder-minus'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import OctagonPause from 'lucide-react/icons/octagon-pause'
import ShieldX from 'lucide-react/icons/shield-x'
import Trash2 from 'lucide-react/icons/trash-2'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Banner, type BannerKind } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { type Fate, fateOf } from './fate.ts'
import type { Acts } from './use-acts.ts'

const LOOKS: Record<Exclude<Fate, 'delivered'>, { kind: BannerKind; icon: ReactNode }> = {
  spam: { kind: 'hold', icon: <OctagonPause /> },
  blocked: { kind: 'hold', icon: <OctagonPause /> },
  passing: { kind: 'hold', icon: <OctagonPause /> },
  refused: { kind: 'hold', icon: <OctagonPause /> },
  phishing: { kind: 'stop', icon: <ShieldX /> },
  malware: { kind: 'stop', icon: <ShieldX /> },
  rejected: { kind: 'stop', icon: <Ban /> },
  failed: { kind: 'stop', icon: <Ban /> },
  requested: { kind: 'wait', icon: <LifeBuoy /> },
  releasing: { kind: 'wait', icon: <LoaderCircle className="animate-spin motion-reduce:hidden" /> },
  waiting: { kind: 'wait', icon: <Clock /> },
  released: { kind: 'plain', icon: <Check /> },
  junk: { kind: 'plain', icon: <FolderMinus /> },
  deleted: { kind: 'plain', icon: <Trash2 /> },
  expired: { kind: 'plain', icon: <Trash2 /> },
}

/** What became of it, why, and until when. A mail that was simply delivered needs none. */
export function FateBanner({ mail, acts }: { mail: ReceivedMail; acts: Acts }) {
  const t = useTranslations('received')
  const format = useFormat()
  const fate = fateOf(mail)
  if (fate === 'delivered') return null
  const { held, reason, may } = mail
  const undo = may.undelete && (
    <Button
      kind="quiet"
      size="sm"
      busy={acts.busy === 'undelete'}
      busyLabel={t('acts.undeleting')}
      onClick={() => acts.act('undelete', [mail.id])}
    >
      <Undo2 />
      {t('acts.undelete')}
    </Button>
  )
  const values = {
    day: held ? format.day(held.expiresAt) : '',
    left: held ? Math.max(format.daysFromNow(held.expiresAt), 0) : 0,
    words: held?.request ?? '',
    undo: String(may.undelete),
    why: reason ? t(`reason.${reason}.long`) : '',
  }
  return (
    <Banner {...LOOKS[fate]} role="status" title={t(`banner.${fate}.title`, values)} action={undo}>
      {t(`banner.${fate}.text`, values)}
    </Banner>
  )
}
