import type { useTranslations } from 'next-intl'
import type { AuditEntry } from '#lib/features/audit/schema.ts'

/** `useTranslations` and `getTranslations` of `audit` alike: the page and the file use the same words. */
export type Words = ReturnType<typeof useTranslations<'audit'>>
type Key = Parameters<Words>[0]

type Detail = AuditEntry['detail']

/** Stand in lines of their own. */
const TOLD_APART = ['reason', 'ticket']

const wordOf = (t: Words, group: string, name: string): string => {
  const key = `${group}.${name}` as Key
  return t.has(key) ? t(key) : name
}

/** `agent, supervisor`. A role that has gone since keeps its own name. */
export const rolesOf = (t: Words, roles: string[]): string => roles.map((role) => wordOf(t, 'roles', role)).join(' · ')

/** What was written down besides reason and ticket, each under its name; a newer one under its own. */
export const fieldsOf = (t: Words, detail: Detail): { name: string; label: string; value: string }[] =>
  Object.entries(detail)
    .filter(([name]) => !TOLD_APART.includes(name))
    .map(([name, value]) => ({ name, label: wordOf(t, 'fields', name), value: worded(t, value) }))

function worded(t: Words, value: Detail[string]): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('entry.none')
  if (typeof value === 'boolean') return t(value ? 'entry.yes' : 'entry.no')
  return Array.isArray(value) ? value.join(' · ') : String(value)
}

/** Text of a detail that is one. */
export const textOf = ({ detail }: Pick<AuditEntry, 'detail'>, name: 'reason' | 'ticket'): string | null => {
  const value = detail[name]
  return typeof value === 'string' ? value : null
}
