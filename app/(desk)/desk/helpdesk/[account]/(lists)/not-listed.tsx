import { redirect } from 'next/navigation'
import type { ComponentProps } from 'react'
import { NotOpened } from '#components/ui/not-opened.tsx'

interface Props extends Omit<ComponentProps<typeof NotOpened>, 'href' | 'onBehalf'> {
  account: string
  /** The name of the list in the address. */
  list: string
}

/** In place of a list that could not be read; once the verification is over, the account, where the caller is verified anew. */
export function NotListed({ account, list, refusal, title }: Props) {
  if (refusal.code === 'caller_not_verified') redirect(`/desk/helpdesk/${account}`)
  return <NotOpened onBehalf title={title} href={`/desk/helpdesk/${account}/${list}`} refusal={refusal} />
}
