import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BriefList } from '#components/activity/brief-list.tsx'
import { AccountPage } from '#components/helpdesk/account-page.tsx'
import { StaffAccount } from '#components/helpdesk/staff-account.tsx'
import { WhileVerified } from '#components/helpdesk/while-verified.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { revokeAllAppPasswordsAction, switchAppPasswordsAction } from '#lib/features/app-passwords/actions.ts'
import { loadAccount } from '#lib/features/helpdesk/loaders.ts'
import { issuePassAction } from '#lib/features/reset/actions.ts'
import { endOtherSessionsAction, endSessionAction } from '#lib/features/sso/actions.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('helpdesk'))('account.title') }
}

interface Props {
  params: Promise<{ account: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const ACTS = {
  issuePass: issuePassAction,
  endSession: endSessionAction,
  endSessions: endOtherSessionsAction,
  switchAppPasswords: switchAppPasswordsAction,
  revokeAppPasswords: revokeAllAppPasswordsAction,
}

export default async function OneAccountPage({ params, searchParams }: Props) {
  const [{ account: reference }, query] = await Promise.all([params, searchParams])
  const [result, person, freshFor] = await Promise.all([loadAccount(reference), loadPerson(), stepUpSecondsLeft()])
  const atDesk = person.roles.some((role) => role === 'agent' || role === 'supervisor')
  if (!result.ok) {
    if (result.code === 'forbidden' && atDesk) return <StaffAccount />
    if (result.code === 'forbidden' || result.code === 'invalid_input' || result.code === 'not_found') notFound()
    const t = await getTranslations('helpdesk.account')
    return <NotOpened onBehalf title={t('title')} href={`/desk/helpdesk/${reference}`} refusal={result} />
  }
  const account = result.data
  const { name, address, verified, details } = account
  return (
    <ClientMessages onBehalf namespaces={['helpdesk', 'warrant', 'notices']}>
      <WhileVerified shown={verified && { address, ...verified }}>
        <AccountPage
          account={account}
          reference={reference}
          call={{ agent: person.name, name, address, verifiedAt: verified?.at ?? null, ticketExample: env().TICKET_EXAMPLE }}
          supervisor={person.roles.includes('supervisor')}
          others={ACTS}
          freshFor={freshFor}
          wanted={query.do === 'pass' || query.do === 'unmask' ? query.do : null}
          history={details && <BriefList entries={details.activity} />}
        />
      </WhileVerified>
    </ClientMessages>
  )
}
