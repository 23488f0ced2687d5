import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { MAKE_APP_PASSWORD } from './guide.tsx'

/** What goes into any client, each with a button that copies it. */
export function Servers({ setup: { address, servers } }: { setup: ClientSetup }) {
  const t = useTranslations('client-setup.servers')
  return (
    <Facts>
      <Fact label={t('address')} action={<Copy value={address} what={t('address')} />}>
        <span className="break-all">{address}</span>
      </Fact>
      <Fact label={t('password')} action={<TextLink href={MAKE_APP_PASSWORD}>{t('make')}</TextLink>}>
        {t('passwordText')}
      </Fact>
      {servers.map(({ protocol, host, port, security }) => (
        <Fact key={protocol} label={t(protocol)} action={<Copy value={host} what={t(protocol)} />}>
          <span className="break-all">{host}</span>
          <span className="inline-block text-ink-2 tabular-nums">
            <span className="px-2 text-ink-3">·</span>
            {t('port', { port: String(port) })}
            <span className="px-2 text-ink-3">·</span>
            {t(security)}
          </span>
        </Fact>
      ))}
    </Facts>
  )
}

function Copy({ value, what }: { value: string; what: string }) {
  const t = useTranslations('client-setup.servers')
  const common = useTranslations('common')
  return (
    <CopyButton value={value} kind="quiet" size="sm">
      <span aria-hidden="true">{common('copy')}</span>
      <span className="sr-only">{t('copyOf', { what })}</span>
    </CopyButton>
  )
}
