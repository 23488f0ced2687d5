import { Fact, Facts } from '#components/ui/facts.tsx'
import { Masked } from '#components/ui/masked.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { Section } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Overview } from '#lib/features/overview/schema.ts'
import { getFormat, getSite, getTranslations } from '#lib/platform/i18n/server.ts'

const NEARLY_FULL = 0.9

/** What holds for this mailbox, each with the place where it can be changed. */
export async function MailboxFacts({
  overview: { address, mailbox, phone, passwordChangedDaysAgo, appPasswords },
}: {
  overview: Overview
}) {
  const [t, common, site] = await Promise.all([getTranslations('overview.facts'), getTranslations('common'), getSite()])
  const { on, active, most } = appPasswords
  return (
    <>
      <Section title={t('title')} first>
        <Facts narrow>
          <Fact label={t('address')}>
            {/* A long one breaks at its @. */}
            {address.split('@')[0]}
            <wbr />@{address.split('@')[1]}
          </Fact>
          <Fact label={t('space')}>
            <Space mailbox={mailbox} />
          </Fact>
          <Fact label={t('phone')} action={<TextLink href="/phone">{t(phone ? 'change' : 'bind')}</TextLink>}>
            {phone ? <Masked value={phone} note={common('masked')} /> : <span className="text-ink-2">{t('noPhone')}</span>}
          </Fact>
          <Fact label={t('password')} action={<TextLink href="/password">{t('changePassword')}</TextLink>}>
            {passwordChangedDaysAgo === null ? (
              <span className="text-ink-2">{t('passwordAgeUnknown')}</span>
            ) : (
              t('passwordAge', { days: passwordChangedDaysAgo })
            )}
          </Fact>
          <Fact label={t('appPasswords')} action={<TextLink href="/app-passwords">{t('manage')}</TextLink>}>
            {on ? (
              <span className="tabular-nums">{t('appPasswordCount', { count: active, most })}</span>
            ) : (
              <span className="text-ink-2">{t('appPasswordsOff')}</span>
            )}
          </Fact>
        </Facts>
      </Section>
      <p className="mt-4 text-ink-2 text-sm tabular-nums">
        {t.rich('hotline', { hotline: site.hotline, number: (text) => <span className="inline-block">{text}</span> })}
      </p>
    </>
  )
}

async function Space({ mailbox }: Pick<Overview, 'mailbox'>) {
  const [t, format] = await Promise.all([getTranslations('overview.facts'), getFormat()])
  if (!mailbox) return <span className="text-ink-2">{t('spaceAway')}</span>
  const used = format.size(mailbox.usedBytes)
  const { usedBytes, limitBytes } = mailbox
  if (limitBytes === null) return <span className="tabular-nums">{t('spaceFree', { used })}</span>
  const said = t('spaceOf', { used, limit: format.size(limitBytes) })
  return (
    <>
      <span className="tabular-nums">{said}</span>
      <Meter label={said} value={usedBytes} max={limitBytes} tone={usedBytes > limitBytes * NEARLY_FULL ? 'hold' : 'plain'} />
    </>
  )
}
