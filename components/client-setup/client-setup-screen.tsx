import { useTranslations } from 'next-intl'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { CheckForm } from './check-form.tsx'
import { Choice } from './choice.tsx'
import { Guide } from './guide.tsx'
import type { Client } from './guides.ts'
import { Profile } from './profile.tsx'
import { Servers } from './servers.tsx'

interface Props {
  setup: ClientSetup
  client: Client
  pageUrl: string
  freshFor: number
  profileWanted: boolean
  /** Runs the site, and so its DNS. */
  isAdmin: boolean
}

export function ClientSetupScreen({ setup, client, pageUrl, freshFor, profileWanted, isAdmin }: Props) {
  const t = useTranslations('client-setup')
  const profile = <Profile key={client} client={client} setup={setup} pageUrl={pageUrl} freshFor={freshFor} wanted={profileWanted} />
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      <Split asideLabel={t('check.title')} aside={<Aside isAdmin={isAdmin} />}>
        <Section first title={t('servers.title')}>
          <Servers setup={setup} />
        </Section>
        <Section title={t('choose.title')}>
          <Choice client={client} />
          <Guide client={client} setup={setup} pageUrl={pageUrl} profile={profile} />
        </Section>
      </Split>
    </>
  )
}

function Aside({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations('client-setup')
  return (
    <>
      <Section first title={t('check.title')}>
        <CheckForm />
      </Section>
      <Section title={t('automatic.title')}>
        <p className="mt-3 text-ink-2">{t('automatic.text')}</p>
        {isAdmin && (
          <p className="mt-2">
            <TextLink href="/client-setup/dns">{t('automatic.dns')}</TextLink>
          </p>
        )}
      </Section>
    </>
  )
}
