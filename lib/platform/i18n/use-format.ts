'use client'
import { useLocale, useTimeZone } from 'next-intl'
import { useMemo } from 'react'
import { createFormat, type Format } from './format.ts'

/** Dates, times and sizes in the language of the page, for client components. */
export function useFormat(): Format {
  const locale = useLocale()
  const timeZone = useTimeZone() ?? 'UTC'
  return useMemo(() => createFormat(locale, timeZone), [locale, timeZone])
}
