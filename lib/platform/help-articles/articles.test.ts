import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { articleOf } from '#components/ui/article-of.ts'
import { env } from '../env.ts'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { articles, articlesByPage, readArticle } from './articles.ts'
import { type Block, blocksOf, type Part, wordsOf } from './blocks.ts'
import { CONTENTS } from './contents.ts'

afterEach(() => vi.restoreAllMocks())

const APP = join(import.meta.dirname, '../../../app')

const routes = (pattern: string): string[] =>
  globSync(pattern, { cwd: APP }).map((file) => `/${file.replace(/\([^)]*\)\//g, '').replace(/\/?page\.tsx$/, '')}`)
const pages = routes('**/page.tsx')
const portalPages = routes('(portal)/**/page.tsx')

const all = [...articles().values()]
const written = all.flatMap((article) => LOCALES.map((locale) => ({ slug: article.slug, locale, ...article.text[locale] })))

const partsOf = (block: Block): Part[] => (block.kind === 'paragraph' ? block.parts : block.kind === 'list' ? block.items.flat() : [])

const leavesOf = (tree: object): string[] => Object.values(tree).flatMap((leaf) => (typeof leaf === 'string' ? [leaf] : leavesOf(leaf)))
/** Every word that the pages say, and those that a guide sets off as a client's. */
const saidBy = (locale: Locale): string[] => {
  const folder = join(import.meta.dirname, `../i18n/messages/${locale}`)
  const all = globSync('*.json', { cwd: folder }).flatMap((file) => leavesOf(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  return all.flatMap((message) => [message, ...[...message.matchAll(/<b>(.+?)<\/b>/g)].map(([, word]) => word as string)])
}
const SAID = Object.fromEntries(LOCALES.map((locale) => [locale, saidBy(locale)])) as Record<Locale, string[]>
/** What an article quotes that is no word of ours: of clients whose guide does not name it, and what people say. */
const NOT_OURS = new Set([
  ...['发送服务器要求验证', '忽略', '同步', '可选', '获取新数据', '普通密码', '已保存的密码', 'Fetch New Data', 'Normal password'],
  ...['验证', 'verified', 'wrong password', '已经打电话问过对方'],
])
/** Numbers of a button stand in an article as an example, or are left out. */
const isSaid = (quoted: string, locale: Locale): boolean => {
  const plain = quoted.replace(/ ?\d+/g, '')
  return SAID[locale].some((said) => said === quoted || said.replace(/ ?\{count\}/g, '') === plain)
}
const linksOf = (blocks: Block[]) => blocks.flatMap(partsOf).flatMap(({ href }) => (href ? [href] : []))
const anchorsOf = (blocks: Block[]) => blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))

/** Undefined when a link leads somewhere. */
function brokenBecause(href: string, locale: Locale): string | undefined {
  if (!href.startsWith('/')) return 'leads out of the portal'
  const [path = '', anchor] = href.split('#')
  const slug = /^\/help\/([^/]+)$/.exec(path)?.[1]
  const article = slug && articles().get(slug)
  if (slug && !article) return 'no such article'
  if (anchor && article && !anchorsOf(article.text[locale].blocks).includes(anchor)) return 'no such heading in it'
  if (anchor && !article && `${path}#${anchor}` !== '/help#write') return 'no such place on that page'
  if (!slug && !pages.includes(path)) return 'no such page'
  return undefined
}

describe('Every page of the portal leads to its article', () => {
  test('there are pages', () => expect(portalPages).toEqual(expect.arrayContaining(['/overview', '/phone', '/received'])))

  test.each(portalPages)('%s', (page) => {
    expect(articles().has(articleOf(articlesByPage(), page) ?? '')).toBe(true)
  })

  test('a page below another one leads to the article of that one', () => {
    expect(articleOf({ '/contacts': 'contacts', '/contacts/import': 'import-contacts' }, '/contacts/import/7')).toBe('import-contacts')
    expect(articleOf({ '/contacts': 'contacts' }, '/contacts-other')).toBe(undefined)
  })

  test('no page is explained by two', () => {
    const explained = all.flatMap((article) => article.pages)
    expect(explained).toEqual([...new Set(explained)])
  })

  test.each(all.flatMap(({ slug, pages }) => pages.map((page) => [slug, page])))('%s explains a page that there is: %s', (_, page) => {
    expect(pages.includes(page as string)).toBe(true)
  })
})

describe.each(written)('$slug in $locale', ({ slug, locale, title, words, summary, blocks }) => {
  test('every link leads somewhere', () => {
    const broken = linksOf(blocks).flatMap((href) => brokenBecause(href, locale) ?? [])
    expect(broken).toEqual([])
  })

  test('what it quotes is what the pages say', () => {
    const quoted = blocks.flatMap((block) => [...wordsOf(block).matchAll(/“(.+?)”/g)].map(([, words]) => words as string))
    expect(quoted.filter((words) => !NOT_OURS.has(words) && !isSaid(words, locale))).toEqual([])
  })

  test('it has a title, words to find it by, and between 8 and 25 lines', () => {
    const source = readFileSync(join(import.meta.dirname, `articles/${slug}.${locale}.md`), 'utf8')
    const lines = source.split('\n').filter((line) => line.trim())
    expect(title.length).toBeGreaterThan(3)
    expect(summary.length).toBeGreaterThan(15)
    expect(words.length).toBeGreaterThan(2)
    expect(lines.length).toBeGreaterThanOrEqual(8)
    expect(lines.length).toBeLessThanOrEqual(25)
  })

  test('it speaks the language of the house', () => {
    const text = `${title}\n${JSON.stringify(blocks.map((block) => [block.kind === 'heading' ? block.text : '', partsOf(block)]))}`
    expect(text).not.toMatch(/[!！您]/)
    if (locale === 'zh-CN') expect(text).not.toMatch(/\p{Script=Han} +[\p{Script=Latin}\d]|[\p{Script=Latin}\d] +\p{Script=Han}/u)
    else expect(text).not.toMatch(/\p{Script=Han}|\b(please|successfully|sorry)\b/iu)
  })
})

test('every article of the folder stands in the contents, in both languages', () => {
  const files = globSync('*.md', { cwd: join(import.meta.dirname, 'articles') }).sort()
  const expected = Object.values(CONTENTS).flatMap((slugs) => slugs.flatMap((slug) => LOCALES.map((locale) => `${slug}.${locale}.md`)))
  expect(files).toEqual(expected.sort())
})

test('both languages of an article have the same headings to link to, and explain the same pages', () => {
  for (const { slug, text } of all) expect(anchorsOf(text['zh-CN'].blocks), slug).toEqual(anchorsOf(text.en.blocks))
  for (const { slug } of all) {
    const [zh, en] = LOCALES.map((locale) => {
      const source = readFileSync(join(import.meta.dirname, `articles/${slug}.${locale}.md`), 'utf8')
      return /^pages: (.+)$/m.exec(source)?.[1]
    })
    expect(zh, slug).toBe(en)
  }
})

describe('A broken link is seen', () => {
  test.each([
    ['/nowhere', 'no such page'],
    ['/help/nothing', 'no such article'],
    ['/help/sign-in#nothing', 'no such heading in it'],
    ['/phone#nothing', 'no such place on that page'],
    ['https://elsewhere.example/', 'leads out of the portal'],
    ['//elsewhere.example/', 'no such page'],
    ['javascript:alert(1)', 'leads out of the portal'],
  ])('%s: %s', (href, why) => {
    expect(brokenBecause(href, 'en')).toBe(why)
  })
})

test('An article says the days that the site has set', () => {
  const { HELD_DAYS, RECALL_DAYS } = env()
  vi.spyOn(env(), 'HELD_DAYS', 'get').mockReturnValue(14)
  const source = (slug: string) => (locale: Locale) => readFileSync(join(import.meta.dirname, `articles/${slug}.${locale}.md`), 'utf8')
  const said = (slug: string) => JSON.stringify(readArticle(slug, 'mail', source(slug)).text)
  for (const slug of ['did-it-arrive', 'release-held-mail', 'allow-and-block']) {
    expect(said(slug)).toMatch(/14天.*14 days/s)
    expect(said(slug)).not.toMatch(new RegExp(`${HELD_DAYS}( days|天)`))
  }
  expect(said('recall-sent')).toContain(`${RECALL_DAYS}天`)
  for (const { slug } of all) expect(said(slug), slug).not.toMatch(/[{}][A-Z]/)
})

describe('What an article may not hold is refused', () => {
  test.each([
    'a <b>word</b>',
    '<script>alert(1)</script>',
    '<div>\n\nwords\n\n</div>',
    '![a picture](/x.png)',
    '# A title of its own',
    '## A title without a place',
    '```\ncode\n```',
    '> quoted',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    '- outer\n  - inner',
    '*slanted*',
    'https://elsewhere.example/',
    '---',
  ])('%j', (markdown) => {
    expect(() => {
      const [block] = blocksOf(markdown)
      if (block && linksOf([block]).some((href) => brokenBecause(href, 'en'))) throw new Error('a link out')
    }).toThrow()
  })

  test('signs of markup in plain words stay words', () => {
    expect(blocksOf('1 < 2 & 3, `<b>`')).toEqual([{ kind: 'paragraph', parts: [{ text: '1 < 2 & 3, ' }, { text: '<b>', code: true }] }])
  })

  test('a file without a proper head is refused', () => {
    for (const source of ['', 'words', '---\ntitle: x\n---\n\nwords', '---\ntitle: x\nwords: y\n---\n\n## Heading {#first}\n'])
      expect(() => readArticle('x', 'mail', () => source)).toThrow(/x\.zh-CN\.md/)
  })
})
