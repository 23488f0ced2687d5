import { pinyin } from 'pinyin-pro'
import type { ContactCard } from './port.ts'

const HAN = /\p{Script=Han}/u
const LONGEST_SORT_KEY = 120
const LONGEST_SEARCH = 6_000

/** What differs in width, case or accents only reads the same: `Ｌｉｎ`, `LÍN`, `lin`. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()

/** Syllable by syllable, ü as v; what is not Chinese stays together. */
const syllables = (text: string, isName: boolean): { isHan: boolean; parts: string[] }[] =>
  text.split(/(\p{Script=Han}+)/u).flatMap((run, index) => {
    if (!HAN.test(run)) return run.trim() ? { isHan: false, parts: [run.trim()] } : []
    const surname = isName && index === 1 ? 'head' : 'off'
    return { isHan: true, parts: pinyin(run, { toneType: 'none', type: 'array', v: true, surname }) }
  })

/** Whole and by its initials; ü also as u. */
function spelt(text: string, isName: boolean): string[] {
  if (!HAN.test(text)) return []
  const runs = syllables(text, isName)
  const whole = runs.flatMap(({ parts }) => parts).join('')
  const initials = runs.flatMap(({ isHan, parts }) => (isHan ? parts.map(([first]) => first) : parts)).join('')
  return [whole, whole.replace(/([ln])v/g, '$1u'), initials]
}

/** By pinyin and alphabet, in the order of octets: 章 comes before 张伟, whose first syllable it has. */
export function sortKeyOf({ name }: Pick<ContactCard, 'name'>): string {
  const plain = folded(name)
  const spelling = HAN.test(plain) ? syllables(plain, true).flatMap(({ parts }) => parts) : []
  return [spelling.join(' '), plain].filter(Boolean).join('\t').slice(0, LONGEST_SORT_KEY).toWellFormed()
}

/** All by which a contact is found, already folded. */
export function searchTextOf(card: ContactCard): string {
  const names = [card.name, card.nickname, `${card.familyName ?? ''}${card.givenName ?? ''}`]
    .filter(Boolean)
    .map((text) => folded(text as string))
  const works = [card.organisation, card.department].filter(Boolean).map((text) => folded(text as string))
  const addresses = card.emails.map(({ address }) => folded(address))
  const phones = card.phones.flatMap(({ number }) => [folded(number), digitsOf(number)])
  const spellings = [...names.flatMap((name) => spelt(name, true)), ...works.flatMap((work) => spelt(work, false))]
  return [...new Set([...names, ...spellings, ...addresses, ...phones, ...works])].join('\n').slice(0, LONGEST_SEARCH).toWellFormed()
}

const digitsOf = (text: string) => folded(text).replace(/\D/g, '')

/** What must all stand in the search text, as patterns of LIKE. */
export function patternsOf(text = ''): string[] {
  const plain = folded(text.slice(0, 200).toWellFormed())
  const isNumber = /^[+\d\s().-]*\d[+\d\s().-]*$/.test(plain)
  const parts = isNumber ? [digitsOf(plain)] : plain.split(' ').filter(Boolean)
  return parts.map((part) => `%${part.replace(/[\\%_]/g, '\\$&')}%`)
}
