'use client'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { serviceName } from './services.ts'

const NAMES = ['name', 'familyName', 'givenName', 'middleName', 'prefix', 'suffix', 'nickname']
const PHONES = ['mobile', 'work', 'home', 'work_fax', 'home_fax', 'pager', 'other']
const PLACES = ['work', 'home', 'other']
const PARTS = ['street', 'city', 'region', 'postcode', 'country']

/** What a column can be imported as, in groups, by the names of the API. */
const GROUPS = [
  ['name', NAMES],
  ['reach', [...PLACES.map((kind) => `email.${kind}`), ...PHONES.map((kind) => `phone.${kind}`)]],
  ['work', ['organisation', 'department', 'title']],
  ['address', PLACES.flatMap((kind) => PARTS.map((part) => `address.${kind}.${part}`))],
  ['rest', ['im.qq', 'im.msn', 'im.icq', ...PLACES.map((kind) => `url.${kind}`), 'birthday', 'anniversary', 'gender', 'note', 'groups']],
] as const

type Options = { value: string; label: string }[]

export function useFieldOptions(): (Options[number] | { label: string; options: Options })[] {
  const t = useTranslations('contacts-import.columns')
  const contacts = useTranslations('contacts')
  return useMemo(() => {
    const labelOf = (field: string): string => {
      const [what = '', kind = '', part = ''] = field.split('.')
      if (what === 'phone') return contacts(`kind.phone.${kind as 'mobile'}`)
      if (what === 'im') return serviceName(kind)
      if (what === 'email' && kind === 'work') return t('email')
      const name = what === 'address' ? contacts(`address.${part as 'city'}`) : contacts(`field.${what as 'name'}`)
      return kind ? t('kinded', { name, kind: contacts(`kind.${kind as 'work'}`) }) : name
    }
    const grouped = GROUPS.map(([group, fields]) => ({
      label: t(`groups.${group}`),
      options: fields.map((value) => ({ value, label: labelOf(value) })),
    }))
    return [{ value: '', label: t('leaveOut') }, ...grouped]
  }, [t, contacts])
}
