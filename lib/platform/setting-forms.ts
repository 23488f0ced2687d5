import { isIP } from 'node:net'
import { z } from 'zod'
import { ROLES } from './actor.ts'

export const port = z.coerce.number().int().min(1).max(65_535)
export const key32 = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
export const origin = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

function isBlock(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const family = isIP(address)
  return (
    family > 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)))
  )
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const eachIs = (right: (part: string) => boolean, message: string) => list.refine((parts) => parts.every(right), message)
export const blocks = eachIs(isBlock, 'must be address blocks such as 10.0.0.0/8')
export const networks = eachIs((part) => /=./.test(part) && isBlock(part.slice(0, part.indexOf('='))), 'must read 10.0.0.0/8=校内|campus')
export const roleGroups = eachIs(
  (part) => ROLES.some((role) => part.startsWith(`${role}=`) && part.length > role.length + 1),
  `must read role=group, with the roles ${ROLES.join(', ')}`,
)
export const domains = list
  .transform((parts) => parts.map((part) => part.toLowerCase()))
  .refine(
    (parts) => parts.length > 0 && parts.every((part) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(part)),
    'must be domains',
  )
export const hostAndPort = z.string().regex(/^(\[[0-9a-f:]+\]|[^:\s]+):\d{1,5}$/i, 'must read host:port')
export const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai')

/** How many groups leave a choice between alternatives. Those of the whole pattern do not multiply: nothing comes after them. */
function choices(bare: string): number {
  const leaves = [true]
  let count = 0
  for (const sign of bare) {
    if (sign === '(') leaves.push(false)
    else if (sign === ')') leaves.pop()
    else if (sign === '|' && !leaves.at(-1)) {
      leaves[leaves.length - 1] = true
      count += 1
    }
  }
  return count
}

/**
 * It is tried on what people type: nothing in it may take more than a moment, however unlucky the text. A choice multiplies the ways to
 * read a text as a repetition does: `(||)` twenty-four times would take hours.
 */
function isPattern(text: string): boolean {
  if (text.length > 100 || /\)[*+?{]|\\[1-9k]/.test(text)) return false
  const bare = text.replace(/\\.|\[[^\]]*\]/g, 'x').replaceAll('(?', '(')
  const ways = bare.match(/[*+?]|\{\d*,\d*\}/g) ?? []
  try {
    return ways.length + choices(bare) <= 3 && Boolean(new RegExp(text, 'u'))
  } catch {
    return false
  }
}
export const pattern = z
  .string()
  .refine(
    isPattern,
    'must be a regular expression without repeated groups, and with three repetitions of open length and groups with alternatives at most',
  )

/** One line that people read. */
export const line = (most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, 'must be one line'),
    )
export const words = eachIs(
  (part) => part.length >= 2 && part.length <= 40,
  'must be words of 2 to 40 characters, parted by commas',
).refine((parts) => parts.length <= 50, 'must be 50 words at most')
/** ISO 3166. */
export const countries = eachIs((part) => /^[A-Z]{2}$/.test(part), 'must be countries such as CN,HK').refine(
  (parts) => parts.length > 0,
  'must be countries such as CN,HK',
)

export const isLoopback = (url: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

interface AddressBook {
  CARDDAV_URL?: string
  CARDDAV_REMOTE_USER_HEADER?: string
}

export function addressBookProblems({ CARDDAV_URL: url, CARDDAV_REMOTE_USER_HEADER: header }: AddressBook): string[] {
  if (url === undefined) return []
  const found: string[] = []
  if (url.startsWith('http:') && !isLoopback(url)) found.push('CARDDAV_URL must be https: contacts must not travel in the clear.')
  if (header === undefined && !/\{(mailbox|user)\}/.test(url))
    found.push('CARDDAV_URL must hold {mailbox} or {user}: one account opens the books of all, and cannot ask where each is.')
  return found
}
