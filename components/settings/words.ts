import { useTranslations } from 'next-intl'
import type { Setting } from '#lib/features/settings/schema.ts'

type Name = Setting['name']
/** What has no form of its own to be told by. */
const SPECIAL = ['PASSWORD_MIN_LENGTH', 'TICKET_EXAMPLE'] as const
const isSpecial = (name: Name): name is (typeof SPECIAL)[number] => SPECIAL.includes(name as (typeof SPECIAL)[number])

/** Settings in words: their names, values and what is wrong with one. */
export function useSettingWords() {
  const t = useTranslations('settings.policy')
  const choice = (name: Name, value: string): string => {
    const key = `choices.${name}.${value}` as Parameters<typeof t>[0]
    return t.has(key) ? t(key) : value
  }
  return {
    name: (name: Name): string => t(`settings.${name}.name`),
    help: (name: Name): string => t(`settings.${name}.help`),
    /** Empty: the site has none. */
    value: (name: Name, value: string): string => (value === '' ? t('none') : choice(name, value)),
    choice,
    wrong: ({ name, kind, min = 0, max = 0 }: Setting): string => (isSpecial(name) ? t(`wrong.${name}`) : t(`wrong.${kind}`, { min, max })),
  }
}
