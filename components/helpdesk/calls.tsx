import BadgeCheck from 'lucide-react/icons/badge-check'
import Link from 'next/link'
import { Section } from '#components/ui/section.tsx'
import type { Calls as AllCalls } from '#lib/features/helpdesk/schema.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

/** Whom this member of staff has verified, while it lasts. */
export async function Calls({ calls }: AllCalls) {
  const [t, format] = await Promise.all([getTranslations('helpdesk.search'), getFormat()])
  return (
    <Section title={t('calls')}>
      {calls.length === 0 && <p className="mt-3 max-w-measure text-ink-2">{t('callsEmpty')}</p>}
      <ul>
        {calls.map(({ account, name, address, until }) => (
          <li
            key={address}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-line border-b py-2.5 [&>.lucide]:self-center [&>.lucide]:text-ink-3"
          >
            <BadgeCheck />
            <Link href={`/desk/helpdesk/${account}`} prefetch={false} className="font-semibold">
              {name}
            </Link>
            <span className="text-ink-2 [overflow-wrap:anywhere]">{address}</span>
            <span className="text-ink-3 text-sm tabular-nums md:ml-auto">{t('until', { time: format.time(until) })}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
