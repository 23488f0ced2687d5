import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CLIENTS, type Client } from './guides.ts'

/** Each has an address of its own, so that the helpdesk can send it. */
export function Choice({ client }: { client: Client }) {
  const t = useTranslations('client-setup')
  return (
    <nav aria-label={t('choose.label')} className="mt-4 flex flex-wrap gap-2">
      {CLIENTS.map((each) => (
        <ButtonLink
          key={each}
          href={`/client-setup?client=${each}`}
          kind={each === client ? 'chosen' : 'plain'}
          current={each === client ? 'page' : undefined}
        >
          {t(`clients.${each}`)}
        </ButtonLink>
      ))}
    </nav>
  )
}
