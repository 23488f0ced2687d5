import type { useTranslations } from 'next-intl'
import type { Format } from '#lib/platform/i18n/format.ts'
import type { Locale } from '#lib/platform/i18n/locale.ts'

/** `useTranslations` and `getTranslations` of `dashboard` alike: the page and the file use the same words. */
export type Words = ReturnType<typeof useTranslations<'dashboard'>>
type Key = Parameters<Words>[0]

interface Span {
  period: 'hour' | 'day' | 'week'
  from: Date
  to: Date
}

/** `11月25日10:00–11:00`, `11月25日`, `11月17–23日`, `17–23 Nov`. */
export function rangeOf(format: Format, locale: Locale, { period, from, to }: Span): string {
  const day = format.shortDay(from)
  if (period === 'hour') return `${day}${locale === 'en' ? ', ' : ''}${format.time(from)}–${format.time(to)}`
  if (period === 'day') return day
  const last = new Date(to.getTime() - 1)
  const end = format.shortDay(last)
  const month = (date: Date) => format.date(date).slice(0, 7)
  if (month(from) !== month(last)) return `${day}–${end}`
  return locale === 'en' ? `${Number(format.date(from).slice(8))}–${end}` : `${day.replace(/日$/, '')}–${end.replace(/^.*月/, '')}`
}

/** What a part of a figure is called: a country, a verdict, an operation, a component or why a reset stopped. */
export function partName(t: Words, locale: Locale, figure: string, dimension: string): string {
  if (figure.startsWith('texts')) return countryName(t, locale, dimension)
  const group =
    figure === 'held' || figure === 'released'
      ? 'verdicts'
      : figure.startsWith('reset_')
        ? 'reasons'
        : figure.startsWith('component_')
          ? 'components.names'
          : 'operations'
  const key = `${group}.${dimension}` as Key
  return t.has(key) ? t(key, { name: dimension }) : dimension
}

/** An operation as staff would say it; a newer one by its own name. */
export function operationName(t: Words, operation: string): string {
  const key = `operations.${operation}` as Key
  return t.has(key) ? t(key) : operation
}

/** ISO 3166 in words; `ZZ` and what nobody knows: unknown. */
export function countryName(t: Words, locale: Locale, country: string | null): string {
  if (!country || country === 'ZZ') return t('texts.unknown')
  return new Intl.DisplayNames(locale, { type: 'region', style: 'short' }).of(country) ?? country
}

/** `+212`, `−7`: never without its sign. */
export const signed = (format: Format, value: number): string => `${value > 0 ? '+' : ''}${format.number(value)}`

/** `+3.1`, `−8.0`. */
export const signedTenths = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`

/** `4 ms`, `6.2 s`. */
export const tookOf = (format: Format, milliseconds: number): string =>
  milliseconds < 1_000 ? `${format.number(milliseconds)} ms` : `${format.number(Math.round(milliseconds / 100) / 10)} s`

/** Millionths of a currency. */
export const moneyOf = (locale: Locale, currency: string, millionths: number): string =>
  new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    millionths / 1e6,
  )
