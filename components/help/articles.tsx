import SearchX from 'lucide-react/icons/search-x'
import { buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Section } from '#components/ui/section.tsx'
import type { FoundArticle } from '#lib/features/help/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

/** What was found; without words to look for, the contents. */
export async function Articles({ text, articles }: { text: string; articles: FoundArticle[] }) {
  if (text) return <Found text={text} articles={articles} />
  const t = await getTranslations('help.group')
  const groups = [...new Set(articles.map(({ group }) => group))]
  return (
    <div className="mt-8 grid gap-x-10 gap-y-8 md:grid-cols-2">
      {groups.map((group) => (
        <Section key={group} title={t(group)} first>
          <ul className="mt-1">
            {articles
              .filter((article) => article.group === group)
              .map(({ slug, title }) => (
                <li key={slug} className="py-1">
                  <a href={`/help/${slug}`}>{title}</a>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </div>
  )
}

async function Found({ text, articles }: { text: string; articles: FoundArticle[] }) {
  const t = await getTranslations('help.search')
  return (
    <div className="mt-6">
      <p role="status" className="text-ink-2 text-sm">
        {articles.length > 0 && t('found', { count: articles.length })}
      </p>
      {articles.length > 0 ? (
        <ol className="mt-1 border-line border-t">
          {articles.map(({ slug, title, summary }) => (
            <li key={slug} className="border-line border-b py-3">
              <h2 className="text-md">
                <a href={`/help/${slug}`}>{title}</a>
              </h2>
              <p className="mt-px text-ink-2 text-sm">{summary}</p>
            </li>
          ))}
        </ol>
      ) : (
        <Empty
          icon={<SearchX />}
          title={t('none', { text })}
          action={
            <a className={buttonClass({})} href="/help">
              {t('clear')}
            </a>
          }
        >
          {t('noneText')}
        </Empty>
      )}
    </div>
  )
}
