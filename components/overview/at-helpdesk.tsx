import Headset from 'lucide-react/icons/headset'
import { Banner } from '#components/ui/banner.tsx'
import type { Overview } from '#lib/features/overview/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { RefreshIn } from './refresh-in.tsx'

/** Who of the helpdesk has the account open, and by what the owner knows on the phone that it is really that person (T45). */
export async function AtHelpdesk({ agents }: { agents: Overview['atHelpdesk'] }) {
  const t = await getTranslations('overview.atHelpdesk')
  if (agents.length === 0) return null
  return (
    <div className="mb-6 grid gap-2">
      {agents.map(({ name, digits }) => (
        <Banner key={digits} kind="wait" icon={<Headset />} title={t('title', { name })}>
          {t.rich('text', {
            digits: `${digits.slice(0, 3)} ${digits.slice(3)}`,
            b: (words) => <b className="whitespace-nowrap tabular-nums">{words}</b>,
          })}
        </Banner>
      ))}
      <RefreshIn seconds={Math.min(...agents.map(({ changesInSeconds }) => changesInSeconds))} />
    </div>
  )
}
