import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { HelpdeskAct } from '#lib/platform/notices/kinds.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import type { Call } from './call.ts'

interface Props extends Warrant {
  call: Call
  operation: HelpdeskAct
}

/** What the owner will read, in the very words of the notice. */
export function ToldToOwner({ call: { agent, name, address }, operation, reason, ticket }: Props) {
  const t = useTranslations('warrant')
  const notice = useTranslations('notices.helpdesk_acted')
  const format = useFormat()
  const [now] = useState(() => new Date())
  const said = {
    ...{ agent, mailbox: address, at: format.dayAndTime(now), did: notice(`did.${operation}`) },
    ...{ reason: reason.trim() || '…', ticket: ticket.trim() || '…', unsure: 'false' },
  }
  return (
    <div className="mt-4">
      <p className="mb-1 font-semibold">{t('told', { name })}</p>
      <p className="border-line border-l-3 pl-4 text-sm [overflow-wrap:anywhere]">
        {notice('what', said)}
        <span className="block">{notice('otherwise')}</span>
      </p>
    </div>
  )
}
