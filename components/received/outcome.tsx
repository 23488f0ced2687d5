import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import FolderMinus from 'lucide-react/icons/folder-minus'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import OctagonPause from 'lucide-react/icons/octagon-pause'
import ShieldX from 'lucide-react/icons/shield-x'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { type Fate, fateOf, isDangerous, isUndecided, knownFolder } from './fate.ts'

const LOOKS: Record<Fate, { kind: StatusKind; icon: ReactNode }> = {
  delivered: { kind: 'ok', icon: <Check /> },
  released: { kind: 'ok', icon: <Check /> },
  junk: { kind: 'ok', icon: <FolderMinus /> },
  waiting: { kind: 'wait', icon: <Clock /> },
  releasing: { kind: 'wait', icon: <LoaderCircle className="animate-spin motion-reduce:hidden" /> },
  spam: { kind: 'hold', icon: <OctagonPause /> },
  blocked: { kind: 'hold', icon: <OctagonPause /> },
  passing: { kind: 'hold', icon: <OctagonPause /> },
  requested: { kind: 'hold', icon: <OctagonPause /> },
  refused: { kind: 'hold', icon: <OctagonPause /> },
  phishing: { kind: 'stop', icon: <ShieldX /> },
  malware: { kind: 'stop', icon: <ShieldX /> },
  rejected: { kind: 'stop', icon: <Ban /> },
  failed: { kind: 'stop', icon: <Ban /> },
  deleted: { kind: 'off', icon: <Trash2 /> },
  expired: { kind: 'off', icon: <Trash2 /> },
}

/** Icon and word for what became of a mail; normal is silent. `short`: the word alone, beside an open mail. */
export function Outcome({ mail, short, expiring }: { mail: ReceivedMail; short?: boolean; expiring?: boolean }) {
  const fate = fateOf(mail)
  const { kind, icon } = isUndecided(mail) && isDangerous(mail) ? LOOKS.malware : LOOKS[fate]
  return (
    <Status kind={kind} icon={icon}>
      {short ? <Word mail={mail} fate={fate} /> : <Words mail={mail} fate={fate} expiring={expiring} />}
    </Status>
  )
}

interface WordProps {
  mail: ReceivedMail
  fate: Fate
}

/** Of a delivered mail the folder is the word. */
function Word({ mail: { folder }, fate }: WordProps) {
  const t = useTranslations('received')
  return fate === 'delivered' && folder ? <Folder name={folder} /> : t(`fate.${fate}.short`)
}

/** Of these the list says why. */
const WHY = ['junk', 'spam', 'phishing', 'malware', 'blocked', 'requested', 'refused', 'expired'] as const

function Words({ mail: { folder, held, reason }, fate, expiring }: WordProps & { expiring?: boolean }) {
  const t = useTranslations('received')
  const format = useFormat()
  const why = WHY.find((each) => each === fate)
  let more: ReactNode = why && t(`fate.${why}.why`)
  if (expiring && held) more = t('fate.deletedOn', { when: format.inDays(held.expiresAt) })
  else if ((fate === 'delivered' || fate === 'released') && folder) more = <Folder name={folder} />
  else if ((fate === 'rejected' || fate === 'failed') && reason) more = t(`reason.${reason}.short`)
  return (
    <>
      {t(`fate.${fate}.word`)}
      {more && ' · '}
      {more}
    </>
  )
}

export function Folder({ name }: { name: string }) {
  const t = useTranslations('received.folder')
  const known = knownFolder(name)
  return known ? t(known) : <bdi>{name}</bdi>
}
