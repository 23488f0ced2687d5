import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { Address } from './address.tsx'
import { MAKE_APP_PASSWORD } from './guide.tsx'

/** What goes into any client, each with a button that copies it. */
export function Servers({ setup: { address, servers } }: { setup: ClientSetup }) {
  const t = useTranslations('client-setup.servers')
  return (
    <Facts>
      <Fact label={t('address')} action={<Copy value={address} what={t('address')} />}>
        <Address>{address}</Address>
      </Fact>
      <Fact label={t('password')} action={<TextLink href={MAKE_APP_PASSWORD}>{t('make')}</TextLink>}>
        {t('passwordText')}
      </Fact>
      {servers.map(({ protocol, host, port, security }) => (
        <Fact key={protocol} label={t(protocol)} action={<Copy value={host} what={t(protocol)} />}>
          <span className="flex flex-wrap gap-x-4">
            <span className="break-all">{host}</span>
            <span className="text-ink-2 tabular-nums">{t('port', { port: String(port) })}</span>
            <span className="text-ink-2">{t(security)}</span>
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
    // The line stays as high as its text.
    <span className="-my-1.5 -mr-2 inline-flex max-md:-ml-2">
      <CopyButton value={value} kind="quiet" size="sm">
        <span aria-hidden="true">{common('copy')}</span>
        <span className="sr-only">{t('copyOf', { what })}</span>
      </CopyButton>
    </span>
  )
}
