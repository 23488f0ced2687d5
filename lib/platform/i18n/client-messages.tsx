import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Namespace } from './namespaces.ts'

/** Words for the client components inside it: `common`, `errors` and the named ones, so that a page carries no other page's text. */
export async function ClientMessages({ namespaces, children }: { namespaces: Namespace[]; children: ReactNode }) {
  const messages = await getMessages()
  const chosen = Object.fromEntries((['common', 'errors', ...namespaces] as const).map((name) => [name, messages[name]]))
  return <NextIntlClientProvider messages={chosen}>{children}</NextIntlClientProvider>
}
