import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../env.ts'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { type Block, blocksOf, wordsOf } from './blocks.ts'
import { ARTICLE_GROUPS, type ArticleGroup, CONTENTS } from './contents.ts'

const FOLDER = join(process.cwd(), 'lib/platform/help-articles/articles')

export interface ArticleText {
  title: string
  /** What people type who look for it. */
  words: string[]
  /** Its first paragraph. */
  summary: string
  blocks: Block[]
}

export interface Article {
  slug: string
  group: ArticleGroup
  /** The pages of the portal that it explains: each leads to it, and so do those below it. */
  pages: string[]
  text: Record<Locale, ArticleText>
}

/** `---`, then `title:`, `words:` and, if any, `pages:` (both parted by commas), `---`, then Markdown. */
const HEAD = /^---\n+title: (.+)\nwords: (.+)\n(?:pages: (.+)\n)?---\n+([\s\S]+)$/

const parted = (list = ''): string[] =>
  list
    .split(/[,，、]/)
    .map((each) => each.trim())
    .filter(Boolean)

/** What a site may set, as the pages say it: `{HELD_DAYS}` in an article is its number of days. */
const withNumbers = (text: string): string =>
  text.replace(/\{(HELD_DAYS|RECALL_DAYS)\}/g, (_, name: 'HELD_DAYS' | 'RECALL_DAYS') => String(env()[name]))

/** @throws Error when the file does not begin as it should, or holds what an article may not */
export function readArticle(slug: string, group: ArticleGroup, source: (locale: Locale) => string): Article {
  const read = LOCALES.map((locale) => {
    const [, title, words, pages, body] = HEAD.exec(withNumbers(source(locale))) ?? []
    if (!title || !body) throw new Error(`${slug}.${locale}.md has no proper head`)
    const blocks = blocksOf(body)
    const [first] = blocks
    if (first?.kind !== 'paragraph') throw new Error(`${slug}.${locale}.md does not begin with a paragraph`)
    return { locale, pages: parted(pages), text: { title, words: parted(words), summary: wordsOf(first), blocks } }
  })
  const text = Object.fromEntries(read.map(({ locale, text }) => [locale, text])) as Record<Locale, ArticleText>
  return { slug, group, pages: read[0]?.pages ?? [], text }
}

const fromFile = (slug: string) => (locale: Locale) => readFileSync(join(FOLDER, `${slug}.${locale}.md`), 'utf8')

let known: Map<string, Article> | undefined

/** All of them by name, in the order of the contents. */
export function articles(): Map<string, Article> {
  known ??= new Map(
    ARTICLE_GROUPS.flatMap((group) => CONTENTS[group].map((slug) => [slug, readArticle(slug, group, fromFile(slug))] as const)),
  )
  return known
}

/** Which article explains which page of the portal. */
export const articlesByPage = (): Record<string, string> =>
  Object.fromEntries([...articles().values()].flatMap(({ slug, pages }) => pages.map((page) => [page, slug])))
