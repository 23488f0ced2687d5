import type { Metadata } from 'next'
import { Articles } from '#components/help/articles.tsx'
import { AskHelpdesk } from '#components/help/ask-helpdesk.tsx'
import { Contacts } from '#components/help/contacts.tsx'
import { troubleIn } from '#components/help/draft.ts'
import { HelpHead } from '#components/help/help-head.tsx'
import { HelpSearch } from '#components/help/help-search.tsx'
import { Announcements } from '#components/ui/announcements.tsx'
import { Split } from '#components/ui/section.tsx'
import { loadArticles, loadMessageFacts } from '#lib/features/help/loaders.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('help'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const asText = (value: string | string[] | undefined): string => (typeof value === 'string' ? value.trim().slice(0, 100) : '')

export default async function HelpPage({ searchParams }: Props) {
  const query = await searchParams
  const text = asText(query.q)
  const { reference, from } = troubleIn({ reference: asText(query.reference), from: asText(query.from) })
  const [found, facts, site, t] = await Promise.all([
    loadArticles(text || undefined),
    loadMessageFacts(),
    getSite(),
    getTranslations('help'),
  ])
  const ask = <AskHelpdesk facts={facts} reference={reference} from={from} />
  return (
    <>
      <HelpHead title={t('title')}>{t('text')}</HelpHead>
      {site.incidents.length > 0 && (
        <div className="mb-6">
          <Announcements announcements={site.incidents} />
        </div>
      )}
      <Split asideLabel={t('contacts.title')} aside={<Contacts contacts={site.contacts} />}>
        {/* Whoever comes from something that went wrong wants to tell of it first. */}
        {reference && <div className="mb-10">{ask}</div>}
        <HelpSearch text={text} label={t('search.label')} />
        <Articles text={text} articles={found.ok ? found.data.articles : []} />
        {!reference && <div className="mt-10">{ask}</div>}
      </Split>
    </>
  )
}
