import ChevronRight from 'lucide-react/icons/chevron-right'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Call } from '#components/ui/call.ts'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { AccountFacts } from './account-facts.tsx'
import { Acts, type Verified } from './acts.tsx'
import type { ActsOfOthers } from './acts-of-others.ts'
import { AgentSign } from './agent-sign.tsx'
import { CallState } from './call-state.tsx'
import { EndCall } from './end-call.tsx'
import { PhoneNumber } from './phone-number.tsx'
import { Requests } from './requests.tsx'
import { SignIns } from './sign-ins.tsx'
import { Ticket } from './ticket.tsx'
import { Verify } from './verify.tsx'

interface Props {
  account: Account
  /** As it stands in the address of the page. */
  reference: string
  call: Call
  supervisor: boolean
  others: ActsOfOthers
  freshFor: number
  wanted: 'pass' | 'unmask' | null
  /** What was done to the account, newest first; null before the verification. */
  history: ReactNode
}

/** Everything about an account on one page; before the caller is verified, how to verify, and little else. */
export async function AccountPage({ account, reference, call, supervisor, others, freshFor, wanted, history }: Props) {
  const t = await getTranslations('helpdesk')
  const { name, address, number, verified, phone, sign, details } = account
  const isVerified = (one: Account): one is Verified => one.details !== null
  return (
    <>
      <nav aria-label={t('search.title')} className="mb-2 flex items-center gap-2 text-ink-3 text-sm">
        <TextLink href="/desk/helpdesk">{t('search.title')}</TextLink>
        <ChevronRight />
        <span>{number ? t('account.crumb', { ending: number.slice(-2) }) : name}</span>
      </nav>
      <PageHead title={name} sub={address} action={verified && <EndCall account={reference} shown={{ address, ...verified }} />}>
        <CallState verified={verified} address={address} />
      </PageHead>
      <Split
        asideLabel={t(verified ? 'facts.title' : 'facts.masked')}
        aside={
          <>
            <AccountFacts
              account={account}
              phone={
                phone && (
                  <PhoneNumber
                    phone={phone}
                    account={reference}
                    call={call}
                    supervisor={supervisor}
                    freshFor={freshFor}
                    wanted={wanted === 'unmask'}
                  />
                )
              }
            />
            {verified && <Ticket call={call} />}
            {verified && <AgentSign sign={sign} />}
          </>
        }
      >
        {isVerified(account) ? (
          <>
            <Acts account={account} reference={reference} call={call} others={others} freshFor={freshFor} wanted={wanted === 'pass'} />
            <SignIns account={account} reference={reference} call={call} endSession={others.endSession} />
            <Requests requests={account.details.requests} />
            <Section
              title={t('history.title')}
              action={
                <Link href={`/desk/helpdesk/${reference}/activity`} prefetch={false} className="text-sm">
                  {t('history.all')}
                </Link>
              }
            >
              {details?.activity.length ? history : <p className="mt-3 text-ink-2">{t('history.empty')}</p>}
            </Section>
          </>
        ) : (
          <>
            <Verify account={reference} phone={phone} officePhoneEnding={account.officePhoneEnding} />
            <AgentSign sign={sign} />
          </>
        )}
      </Split>
    </>
  )
}
