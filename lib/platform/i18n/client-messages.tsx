import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Namespace } from './namespaces.ts'
import { overlaid } from './overlaid.ts'

interface Props {
  namespaces: Namespace[]
  /** For staff at somebody else’s mailbox: what speaks to the owner says it about the owner, a refusal too. */
  onBehalf?: true
  children: ReactNode
}

/** Words for the client components inside it: `common`, `errors` and the named ones, so that a page carries no other page's text. */
export async function ClientMessages({ namespaces, onBehalf, children }: Props) {
  const messages = await getMessages()
  const others: Record<string, object> = onBehalf ? messages['on-behalf'].words : {}
  const chosen = Object.fromEntries(
    (['common', 'errors', ...namespaces] as const).map((name) => [name, overlaid(messages[name], others[name] ?? {})]),
  )
  return <NextIntlClientProvider messages={chosen}>{children}</NextIntlClientProvider>
}
