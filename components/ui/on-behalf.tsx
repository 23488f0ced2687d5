'use client'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { HelpdeskAct } from '#lib/platform/notices/kinds.ts'
import type { Result } from '#lib/platform/operation.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import type { Call } from './call.ts'
import { useFresh } from './use-fresh.ts'
import { WarrantDialog } from './warrant-dialog.tsx'

/** What staff do from the owner's own pages. */
type Act = Exclude<HelpdeskAct, `helpdesk.${string}` | `reset.${string}`>
type Send<T> = (warrant: Warrant, idempotencyKey: string) => Promise<Result<T>>
type Values = Record<string, string | number>

interface Behalf {
  /** Whose mailbox it is, by a reference that is good for this member of staff. */
  account: string
  /** Asks why, under which ticket, and does it. Null: it was not done. */
  perform: <T>(act: Act, values: Values, send: Send<T>) => Promise<T | null>
}

interface Asked {
  act: Act
  values: Values
  send: Send<unknown>
  settle: (data: unknown) => void
}

const Present = createContext<Behalf | null>(null)

/** Null: the mailbox is one's own. */
export const useBehalf = (): Behalf | null => useContext(Present)

/** How the API names the mailbox that is looked at. */
export const useMailbox = (): string => useBehalf()?.account ?? 'me'

interface Props extends Pick<Behalf, 'account'> {
  call: Call
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  children: ReactNode
}

const STEP_UP: Act[] = ['restore.start']

/** Inside it the owner's pages show the mailbox of a verified caller to staff, who give a reason and a ticket for each change (T45). */
export function OnBehalf({ account, call, freshFor, children }: Props) {
  const t = useTranslations('on-behalf')
  const fresh = useFresh(freshFor)
  const [asked, setAsked] = useState<Asked>()
  const perform: Behalf['perform'] = (act, values, send) =>
    new Promise((resolve) => setAsked({ act, values, send, settle: resolve as Asked['settle'] }))
  const end = (data: unknown) => {
    asked?.settle(data)
    setAsked(undefined)
  }
  const returnTo = () => window.location.pathname + window.location.search
  return (
    <Present value={{ account, perform }}>
      {children}
      {asked && (
        <WarrantDialog
          call={call}
          operation={asked.act}
          title={t(`acts.${asked.act}.title`, asked.values)}
          reasons={[t('reasons.asked'), t('reasons.compromised'), t('reasons.device')]}
          confirm={t(`acts.${asked.act}.confirm`)}
          busyLabel={t('busy')}
          failed={t('failed')}
          danger={asked.act.startsWith('app-passwords.') || asked.act.startsWith('sso.')}
          stepUp={STEP_UP.includes(asked.act) ? { fresh, help: t('stepUp'), returnTo: returnTo() } : undefined}
          act={asked.send}
          onDone={end}
          onClose={() => end(null)}
        >
          {t(`acts.${asked.act}.text`, asked.values)}
        </WarrantDialog>
      )}
    </Present>
  )
}
