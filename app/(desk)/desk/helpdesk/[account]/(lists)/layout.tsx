import { notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { ListsHead } from '#components/helpdesk/lists-head.tsx'
import { WhileVerified } from '#components/helpdesk/while-verified.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { OnBehalf } from '#components/ui/on-behalf.tsx'
import { loadAccount } from '#lib/features/helpdesk/loaders.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

interface Props {
  params: Promise<{ account: string }>
  children: ReactNode
}

/** The owner's lists, for staff and a caller whom they have verified. Each page asks its own operation whether it may be seen. */
export default async function AccountListsLayout({ params, children }: Props) {
  const { account } = await params
  const [result, { name: agent }, freshFor] = await Promise.all([loadAccount(account), loadPerson(), stepUpSecondsLeft()])
  if (!result.ok) {
    if (result.code === 'forbidden' || result.code === 'not_found' || result.code === 'invalid_input') notFound()
    const t = await getTranslations('on-behalf')
    return <NotOpened onBehalf title={t('title')} href={`/desk/helpdesk/${account}`} refusal={result} />
  }
  const { verified, name, address } = result.data
  if (!verified) redirect(`/desk/helpdesk/${account}`)
  const call = { agent, name, address, verifiedAt: verified.at, ticketExample: env().TICKET_EXAMPLE }
  return (
    <ClientMessages onBehalf namespaces={['on-behalf', 'warrant', 'notices']}>
      <WhileVerified shown={{ address, ...verified }}>
        <OnBehalf account={account} call={call} freshFor={freshFor}>
          <ListsHead account={account} call={call} />
          {children}
        </OnBehalf>
      </WhileVerified>
    </ClientMessages>
  )
}
