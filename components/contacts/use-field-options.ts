'use client'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type ColumnField, FIELD_GROUPS } from './column-fields.ts'
import { serviceName } from './services.ts'

type Options = { value: string; label: string }[]

/** For a select: leave the column out, or import it as one of these. */
export function useFieldOptions(): (Options[number] | { label: string; options: Options })[] {
  const t = useTranslations('contacts-import.columns')
  const contacts = useTranslations('contacts')
  return useMemo(() => {
    const labelOf = (field: ColumnField): string => {
      const [what = '', kind = '', part = ''] = field.split('.')
      if (what === 'phone') return contacts(`kind.phone.${kind as 'mobile'}`)
      if (what === 'im') return kind === 'other' ? contacts('field.im') : serviceName(kind)
      // Of no kind, as most old mailboxes have it.
      if (field === 'email.other') return t('email')
      const name = what === 'address' ? contacts(`address.${part as 'city'}`) : contacts(`field.${what as 'name'}`)
      return kind ? t('kinded', { name, kind: contacts(`kind.${kind as 'work'}`) }) : name
    }
    const groups = FIELD_GROUPS.map(({ word, fields }) => ({
      label: t(`groups.${word}`),
      options: fields.map((value) => ({ value, label: labelOf(value) })),
    }))
    return [{ value: '', label: t('leaveOut') }, ...groups]
  }, [t, contacts])
}
