import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticleBody } from '#components/help/article-body.tsx'
import { Contacts } from '#components/help/contacts.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Split } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
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
      <p className="mb-2">
        <TextLink href="/help">{t('article.all')}</TextLink>
      </p>
      <PageHead title={found.data.title} />
      <Split asideLabel={t('contacts.title')} aside={<Contacts contacts={site.contacts} />}>
        <ArticleBody blocks={found.data.blocks} />
        <p className="mt-10 border-line border-t pt-4 text-ink-2">
          {t('article.more')} <TextLink href="/help#write">{t('article.ask')}</TextLink>
        </p>
      </Split>
    </>
  )
}
