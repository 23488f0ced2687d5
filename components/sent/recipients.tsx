'use client'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import Mail from 'lucide-react/icons/mail'
import MailOpen from 'lucide-react/icons/mail-open'
import Minus from 'lucide-react/icons/minus'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import type { CopyState, Fate, Recall, SentDetail, SentRecipient } from '#lib/features/sent/schema.ts'

type Look = [kind: StatusKind, icon: ReactNode]

const FATES: Record<Fate, Look> = {
  arrived: ['ok', <Check key="i" />],
  waiting: ['wait', <Clock key="i" />],
  refused: ['stop', <Ban key="i" />],
}
const COPIES: Record<NonNullable<SentRecipient['copy']>, Look> = {
  read: ['ok', <MailOpen key="i" />],
  unread: ['ok', <Mail key="i" />],
  none: ['ok', <Check key="i" />],
}
const RESULTS: Record<CopyState, Look> = {
  pending: ['wait', <Clock key="i" />],
  withdrawn: ['ok', <Undo2 key="i" />],
  read: ['hold', <MailOpen key="i" />],
  none: ['off', <Minus key="i" />],
  undelivered: ['off', <Minus key="i" />],
  outside: ['off', <Minus key="i" />],
  failed: ['stop', <Ban key="i" />],
}

/** Each recipient: what became of the mail there, or of its recall. Several may stand behind one address, as the sender wrote it. */
export function Recipients({ detail, recall }: { detail: SentDetail; recall?: Recall }) {
  const t = useTranslations('sent')
  const away = !recall && detail.recipients.some(({ local }) => local === null)
  return (
    <>
      <ul aria-label={t('recipients.label')}>
        {recall
          ? recall.recipients.map(({ address, state }, index) => (
              <Line key={`${index} ${address}`} address={address} look={RESULTS[state]}>
                {t(`result.${state}`)}
              </Line>
            ))
          : detail.recipients.map((recipient, index) => <OneFate key={`${index} ${recipient.address}`} {...recipient} />)}
      </ul>
      {away && <p className="mt-3 text-ink-2 text-sm">{t('detail.away')}</p>}
    </>
  )
}

function OneFate({ address, fate, reason, copy }: SentRecipient) {
  const t = useTranslations('sent')
  return (
    <Line address={address} look={copy ? COPIES[copy] : FATES[fate]}>
      {copy ? t(`copy.${copy}`) : t(`fate.${fate}`)}
      {reason && ` · ${t(`reason.${reason}`)}`}
    </Line>
  )
}

function Line({ address, look: [kind, icon], children }: { address: string; look: Look; children: ReactNode }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-line border-b py-2 text-sm">
      <bdi className="[overflow-wrap:anywhere]">{address}</bdi>
      <span className="ml-auto">
        <Status kind={kind} icon={icon}>
          {children}
        </Status>
      </span>
    </li>
  )
}
