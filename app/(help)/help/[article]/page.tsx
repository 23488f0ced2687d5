import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticleBody } from '#components/help/article-body.tsx'
import { Contacts } from '#components/help/contacts.tsx'
import { HelpHead } from '#components/help/help-head.tsx'
import { Split } from '#components/ui/section.tsx'
import { loadArticle } from '#lib/features/help/loaders.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'

interface Props {
  params: Promise<{ article: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await loadArticle((await params).article)
  return found.ok ? { title: found.data.title } : {}
}

export default async function ArticlePage({ params }: Props) {
  const [found, site, t] = await Promise.all([loadArticle((await params).article), getSite(), getTranslations('help')])
  if (!found.ok) notFound()
  return (
    <>
      <p className="mb-2 text-sm">
        <a href="/help">{t('article.all')}</a>
      </p>
      <HelpHead title={found.data.title} />
      <Split asideLabel={t('contacts.title')} aside={<Contacts contacts={site.contacts} />}>
        <ArticleBody blocks={found.data.blocks} />
        <p className="mt-10 border-line border-t pt-4 text-ink-2">
          {t('article.more')} <a href="/help#write">{t('article.ask')}</a>
        </p>
      </Split>
    </>
  )
}
