import type { useTranslations } from 'next-intl'
import type { ActivityEntry } from '../activity-entry.ts'
import type { Locale } from './locale.ts'

/** `useTranslations` and `getTranslations` of `activity` alike: the pages of the owner and of the auditor and their files use the same words. */
export type Words = ReturnType<typeof useTranslations<'activity'>>

type Key = Parameters<Words>[0]

/** One plain sentence for what an operation did, or was meant to do. */
export function whatHappened(t: Words, { operation, outcome, detail }: Pick<ActivityEntry, 'operation' | 'outcome' | 'detail'>): string {
  const known = `did.${operation}` as Key
  const key = t.has(known) ? known : 'did.other'
  const quoted = (name: unknown) => (typeof name === 'string' ? t('quoted', { name }) : '')
  const names = Array.isArray(detail.names) ? detail.names.map(quoted).join(t('separator')) : ''
  const { number, on, unusual, mine, kind, count, verdict, proof, sent, decision } = detail
  return t(key, {
    ...{ outcome, operation, names },
    ...{
      name: quoted(detail.name),
      group: quoted(detail.group),
      number: String(number ?? ''),
      kind: String(kind),
      count: Number(count ?? 0),
      verdict: String(verdict),
      proof: String(proof),
      sent: String(sent),
      decision: String(decision),
      more: Number(detail.more ?? 0),
      on: String(on),
      unusual: String(unusual),
      mine: String(mine),
    },
  }).trim()
}

/** Who did it, as the owner of the account would say. */
export function whoDidIt(t: Words, { actor, operation }: ActivityEntry): string {
  if (actor.own) return t('who.you')
  if (actor.kind !== 'anonymous') return t(`who.${actor.kind}`, { name: actor.name })
  if (operation === 'sso.sign-in') return t('who.signIn')
  return t(/^(phone|digest|client-setup)\./.test(operation) ? 'who.link' : 'who.anonymous')
}

/** Why staff did it, and under which number where there is one; null where nobody had to say so. */
export function whyItWasDone(t: Words, { actor, detail: { reason, ticket } }: ActivityEntry): string | null {
  if (actor.kind !== 'staff' || actor.own || typeof reason !== 'string') return null
  return typeof ticket === 'string' ? t('warrant', { reason, ticket }) : t('words', { reason })
}

/** The site's own name of a network (`校内|campus`), in the language of the page; null where there is none. */
export function networkName({ network }: Pick<ActivityEntry, 'network'>, locale: Locale): string | null {
  const [chinese, english] = network?.split('|') ?? []
  if (!chinese || /[/:]/.test(chinese)) return null
  return locale === 'en' ? (english ?? chinese) : chinese
}

export const deviceOf = ({ browser, system }: Pick<ActivityEntry, 'browser' | 'system'>): string =>
  [system, browser].filter(Boolean).join(' · ')
