'use client'
import { useTranslations } from 'next-intl'
import { type Call, useTicket } from '#components/ui/call.ts'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section } from '#components/ui/section.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

/** Under which number this call goes, once it was given. */
export function Ticket({ call }: { call: Call }) {
  const t = useTranslations('helpdesk.ticket')
  const format = useFormat()
  const ticket = useTicket(call)
  return (
    <Section title={t('title')}>
      <Facts narrow>
        <Fact label={t('current')}>{ticket ? <code>{ticket}</code> : <span className="text-ink-2">{t('none')}</span>}</Fact>
        {call.verifiedAt && (
          <Fact label={t('call')}>
            <span className="tabular-nums">{t('since', { time: format.time(call.verifiedAt) })}</span>
          </Fact>
        )}
      </Facts>
    </Section>
  )
}
