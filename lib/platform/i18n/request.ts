import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { env } from '../env.ts'
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from './locale.ts'
import { type Messages, NAMESPACES } from './namespaces.ts'

async function loadMessages(locale: Locale): Promise<Messages> {
  const entries = NAMESPACES.map(async (name) => [name, (await import(`./messages/${locale}/${name}.json`)).default])
  return Object.fromEntries(await Promise.all(entries))
}

const loaded = new Map<Locale, Promise<Messages>>()

/** `asked` is set where a caller wants a language that is not the page's: the API answers in the one of its own header. */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked)
    ? asked
    : negotiateLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'))
  const messages = loaded.get(locale) ?? loadMessages(locale)
  loaded.set(locale, messages)
  return { locale, messages: await messages, timeZone: env().TIME_ZONE }
})
