import MiniSearch from 'minisearch'
import { pinyin } from 'pinyin-pro'
import { LOCALES } from '../i18n/locale.ts'
import { articles } from './articles.ts'
import { wordsOf } from './blocks.ts'

const HAN = /\p{Script=Han}/u
/** Words of asking that every question has, and that find nothing. */
const EMPTY_HAN = /怎么办|怎么样|怎么|怎样|如何|为什么|为何|是什么|什么|请问|可以|能不能|我的|我想|一下|了吗|[我的了吗呢啊吧么在]/gu
const EMPTY_LATIN = new Set(
  'a an and any are at be can do does for from get have how i in into is it me my of on or that the there this to was what when where why with'.split(
    ' ',
  ),
)

/** Ways to write one word: 登陆 for 登录 above all. */
const ALIKE: [RegExp, string][] = [
  [/登[陆入]/g, '登录'],
  [/[账帐][号户]/g, '账号'],
]

const folded = (text: string): string =>
  ALIKE.reduce((all, [alike, word]) => all.replace(alike, word), text.normalize('NFKC').toLowerCase().replace(/['’]/g, ''))

/** Han in pairs of neighbours, since there are no spaces to part it; Latin by words. */
export function terms(text: string): string[] {
  const runs =
    folded(text)
      .replace(EMPTY_HAN, ' ')
      .match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? []
  return runs.flatMap((run) => (HAN.test(run) ? pairsOf(run) : EMPTY_LATIN.has(run) ? [] : [run]))
}

function pairsOf(run: string): string[] {
  const signs = [...run]
  return signs.length === 1 ? signs : signs.slice(1).map((sign, n) => `${signs[n]}${sign}`)
}

/** As it is typed where the keyboard writes no Han: by its sounds, and by their first letters. */
const speltOut = (phrase: string): string[] =>
  (folded(phrase).match(/\p{Script=Han}+/gu) ?? []).flatMap((run) =>
    [pinyin(run, { toneType: 'none', type: 'array', v: true }), pinyin(run, { pattern: 'first', toneType: 'none', type: 'array' })].map(
      (letters) => letters.join(''),
    ),
  )

/** A letter missed in a word of five; from seven on also two that changed places. */
const slips = (term: string): number | false => (HAN.test(term) || term.length < 5 ? false : term.length < 7 ? 1 : 2)

interface Document {
  id: string
  slug: string
  title: string
  words: string
  spelt: string
  text: string
}

let index: MiniSearch<Document> | undefined

function searchIndex(): MiniSearch<Document> {
  if (index) return index
  index = new MiniSearch<Document>({
    fields: ['title', 'words', 'spelt', 'text'],
    storeFields: ['slug'],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: {
      boost: { words: 4, title: 3 },
      // One sign of Han is a beginning, too.
      prefix: (term) => (HAN.test(term) ? [...term].length === 1 : term.length > 2),
      fuzzy: slips,
      weights: { prefix: 0.4, fuzzy: 0.2 },
    },
  })
  for (const { slug, text } of articles().values()) {
    for (const locale of LOCALES) {
      const { title, words, blocks } = text[locale]
      const spelt = [title, ...words].flatMap(speltOut).join('\n')
      index.add({ id: `${slug}.${locale}`, slug, title, words: words.join('\n'), spelt, text: blocks.map(wordsOf).join('\n') })
    }
  }
  return index
}

/** The names of the articles that fit what somebody typed, in whichever language, best first. */
export function searchArticles(typed: string, most = 8): string[] {
  const found = searchIndex().search(typed)
  return [...new Set(found.map(({ slug }) => slug as string))].slice(0, most)
}
