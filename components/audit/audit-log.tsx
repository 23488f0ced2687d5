import Download from 'lucide-react/icons/download'
import ScrollText from 'lucide-react/icons/scroll-text'
import { buttonClass } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import type { AuditPage, Chain } from '#lib/features/audit/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { ChainState } from './chain-state.tsx'
import { EntryRows } from './entry-rows.tsx'
import { Filters } from './filters.tsx'
import { addressOf, exportAddress, type Place } from './place.ts'

interface Props {
  /** Null: it cannot be looked for like this, and `wrong` says why. */
  page: AuditPage | null
  wrong: string[]
  chain: Chain | null
  place: Place
  operations: string[]
}

/** The audit as an auditor reads it. */
export async function AuditLog({ page, wrong, chain, place, operations }: Props) {
  const t = await getTranslations('audit')
  const file = (
    <a href={exportAddress(place)} className={buttonClass()} download>
      <Download />
      {t('export')}
    </a>
  )
  return (
    <>
      <PageHead title={t('title')} action={page && file}>
        {t('text')}
      </PageHead>
      {chain && <ChainState chain={chain} />}
      <Filters place={place} operations={operations} wrong={wrong} />
      {page && <div className="mt-8">{page.entries.length > 0 ? <Listed page={page} place={place} /> : <Nothing />}</div>}
    </>
  )
}

async function Listed({ page: { entries, next }, place }: { page: AuditPage; place: Place }) {
  const t = await getTranslations('audit')
  const { before, ...rest } = place
  return (
    <>
      <EntryRows entries={entries} />
      <div className="mt-4 flex items-center gap-3">
        {before && <ButtonLink href={addressOf(rest)}>{t('newest')}</ButtonLink>}
        {next ? (
          <ButtonLink href={addressOf({ ...rest, before: String(next) })}>{t('older')}</ButtonLink>
        ) : (
          <p className="text-ink-3 text-sm">{t('end')}</p>
        )}
      </div>
    </>
  )
}

async function Nothing() {
  const t = await getTranslations('audit')
  return (
    <Empty icon={<ScrollText />} title={t('emptyTitle')}>
      {t('emptyText')}
    </Empty>
  )
}
