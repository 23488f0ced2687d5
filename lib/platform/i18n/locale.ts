export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The two cookies that hold a person's choice. Neither is set until the person chooses. */
export const LOCALE_COOKIE = 'locale'
export const THEME_COOKIE = 'theme'

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale)
export const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme)

/**
 * The language to speak: the person's choice, else the browser's wish (RFC 9110, 12.5.4: any Chinese is zh-CN), else English.
 */
export function negotiateLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)(-|$)/.test(tag))
    .sort((one, other) => other.weight - one.weight)
  return wishes[0]?.tag.startsWith('zh') ? 'zh-CN' : 'en'
}
