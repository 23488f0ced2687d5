'use client'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'
import { articleOf } from './article-of.ts'

const Pages = createContext<Record<string, string>>({})

/** Says which article explains which page. */
export function HelpPages({ pages, children }: { pages: Record<string, string>; children: ReactNode }) {
  return <Pages value={pages}>{children}</Pages>
}

/** To the article of this page, where it has one. */
export function HelpLink() {
  const t = useTranslations('common')
  const slug = articleOf(useContext(Pages), usePathname())
  if (!slug) return null
  return (
    <Link href={`/help/${slug}`} prefetch={false} className="inline-flex items-center gap-1 text-sm">
      <CircleQuestionMark />
      {t('help')}
    </Link>
  )
}
