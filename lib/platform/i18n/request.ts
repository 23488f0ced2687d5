import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { env } from '../env.ts'
import { LOCALE_COOKIE, type Locale, negotiateLocale } from './locale.ts'
import { type Messages, NAMESPACES } from './namespaces.ts'

async function loadMessages(locale: Locale): Promise<Messages> {
  const entries = NAMESPACES.map(async (name) => [
    name,
    (await import(`./messages/${locale}/${name}.json`)).default,
  ])
  return Object.fromEntries(await Promise.all(entries))
}

const loaded = new Map<Locale, Promise<Messages>>()

export default getRequestConfig(async () => {
  const locale = negotiateLocale(
    (await cookies()).get(LOCALE_COOKIE)?.value,
    (await headers()).get('accept-language'),
  )
  const messages = loaded.get(locale) ?? loadMessages(locale)
  loaded.set(locale, messages)
  return { locale, messages: await messages, timeZone: env().TIME_ZONE }
})
