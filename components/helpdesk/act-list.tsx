'use client'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import ArrowRight from 'lucide-react/icons/arrow-right'
import Inbox from 'lucide-react/icons/inbox'
import KeyRound from 'lucide-react/icons/key-round'
import LockKeyholeOpen from 'lucide-react/icons/lock-keyhole-open'
import LogOut from 'lucide-react/icons/log-out'
import Route from 'lucide-react/icons/route'
import Smartphone from 'lucide-react/icons/smartphone'
import Ticket from 'lucide-react/icons/ticket'
import UsersRound from 'lucide-react/icons/users-round'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Attention, AttentionItem } from '#components/ui/attention.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Kind } from './act-dialog.tsx'
import type { Verified } from './acts.tsx'

interface Props {
  account: Verified
  reference: string
  onAct: (kind: Kind) => void
}

export function ActList({ account, reference, onAct }: Props) {
  const t = useTranslations('helpdesk.acts')
  const { state, details } = account
  const base = `/desk/helpdesk/${reference}`
  return (
    <Attention label={t('title')}>
      {state.locked && (
        <AttentionItem
          tone="hold"
          icon={<LockKeyholeOpen />}
          title={t('unlock.title')}
          action={<Start kind="unlock" label={t('start')} onAct={onAct} />}
        >
          {t('unlock.text')}
        </AttentionItem>
      )}
      <AttentionItem
        icon={<Ticket />}
        title={t('pass.title')}
        action={!state.disabled && <Start kind="pass" label={t('start')} onAct={onAct} />}
      >
        {t(state.disabled ? 'pass.off' : 'pass.text')}
      </AttentionItem>
      <AttentionItem
        icon={<LogOut />}
        title={t('sessions.title')}
        action={details.sessions > 0 && <Start kind="sessions" label={t('start')} onAct={onAct} />}
      >
        {details.sessions > 0 ? t('sessions.text', { count: details.sessions }) : t('sessions.none')}
      </AttentionItem>
      <AppPasswords details={details} href={`${base}/app-passwords`} onAct={onAct} />
      <AttentionItem
        icon={<Inbox />}
        title={t('held.title')}
        action={heldCount(details) > 0 && <To href={`${base}/received`} label={t('look')} of={t('held.title')} />}
      >
        <Held held={details.held} />
      </AttentionItem>
      <AttentionItem
        icon={<ArchiveRestore />}
        title={t('restore.title')}
        action={Boolean(details.deleted) && <To href={`${base}/restore`} label={t('look')} of={t('restore.title')} />}
      >
        {details.deleted === null && t('restore.away')}
        {details.deleted === 0 && t('restore.none')}
        {Boolean(details.deleted) && t('restore.text', { count: details.deleted ?? 0 })}
      </AttentionItem>
      <AttentionItem
        icon={<Route />}
        title={t('trace.title')}
        action={
          <div className="flex max-md:-ml-2 md:-mr-2">
            <To href={`${base}/received`} label={t('trace.received')} of={t('trace.title')} />
            <To href={`${base}/sent`} label={t('trace.sent')} of={t('trace.title')} />
          </div>
        }
      >
        {t('trace.text')}
      </AttentionItem>
      <Unbinding account={account} onAct={onAct} />
    </Attention>
  )
}

function Start({ kind, label, onAct }: { kind: Kind; label: string; onAct: Props['onAct'] }) {
  const t = useTranslations('helpdesk.acts')
  return (
    <Button kind="quiet" onClick={() => onAct(kind)}>
      {label}
      <ArrowRight />
      <span className="sr-only"> {t(`${kind}.title`)}</span>
    </Button>
  )
}

/** To a list of this account. To open it is a look, so it is not fetched beforehand. */
function To({ href, label, of }: { href: string; label: string; of: string }) {
  return (
    <Link href={href} prefetch={false} className={buttonClass({ kind: 'quiet' })} data-kind="quiet">
      {label}
      <ArrowRight />
      <span className="sr-only"> {of}</span>
    </Link>
  )
}

type Details = Verified['details']

function AppPasswords({ details, href, onAct }: { details: Details; href: string; onAct: Props['onAct'] }) {
  const t = useTranslations('helpdesk.acts')
  const { on, active } = details.appPasswords
  const text = active === 0 ? t('appPasswords.none') : t(on ? 'appPasswords.text' : 'appPasswords.suspended', { count: active })
  return (
    <AttentionItem
      icon={<KeyRound />}
      title={t('appPasswords.title')}
      action={
        active > 0 && (
          <div className="flex flex-wrap max-md:-ml-2 md:-mr-2">
            {on && (
              <Button kind="quiet" onClick={() => onAct('suspend')}>
                {t('suspend.button')}
              </Button>
            )}
            <Button kind="quiet" onClick={() => onAct('revokeAll')}>
              {t('revokeAll.button')}
            </Button>
            <To href={href} label={t('appPasswords.one')} of={t('appPasswords.title')} />
          </div>
        )
      }
    >
      {text}
    </AttentionItem>
  )
}

const VERDICTS = ['spam', 'phishing', 'malware', 'blocked', 'none'] as const
const heldCount = ({ held }: Details) => Object.values(held ?? {}).reduce((sum, count) => sum + count, 0)

function Held({ held }: Pick<Details, 'held'>) {
  const t = useTranslations('helpdesk.acts.held')
  const common = useTranslations('helpdesk.acts')
  if (!held) return t('away')
  const parts = VERDICTS.filter((verdict) => held[verdict]).map((verdict) => t(`verdict.${verdict}`, { count: held[verdict] ?? 0 }))
  if (parts.length === 0) return t('none')
  return `${parts.join(common('separator'))}${common('stop')}${t('more')}`
}

/** Asked for once: while it waits, there is nothing to press. What was asked about the phone before is asked anew. */
function Unbinding({ account: { phone, details }, onAct }: { account: Verified; onAct: Props['onAct'] }) {
  const t = useTranslations('helpdesk.acts')
  const format = useFormat()
  const waits = ({ kind, state }: Details['requests'][number]) => kind === 'phone_unbinding' && (state === 'open' || state === 'taken')
  const asked = details.requests.find((request) => waits(request) && phone && request.createdAt >= phone.boundAt)
  const text = () => {
    if (asked) return t('unbind.asked', { time: format.dayAndTime(asked.createdAt) })
    return t(phone ? 'unbind.text' : 'unbind.none')
  }
  return (
    <AttentionItem
      icon={<Smartphone />}
      title={t('unbind.title')}
      action={
        phone &&
        !asked && (
          <Button kind="quiet" onClick={() => onAct('unbind')}>
            <UsersRound />
            {t('unbind.button')}
          </Button>
        )
      }
    >
      {text()}
    </AttentionItem>
  )
}
