'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Call } from '#components/ui/call.ts'
import { Section } from '#components/ui/section.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { ActDialog, type Done, type Kind } from './act-dialog.tsx'
import { ActList } from './act-list.tsx'
import type { ActsOfOthers } from './acts-of-others.ts'
import { PassShown } from './pass-shown.tsx'

export type Verified = Account & { details: NonNullable<Account['details']> }

const ACTS = 'acts'

interface Props {
  account: Verified
  /** As it stands in the address of the page. */
  reference: string
  call: Call
  others: ActsOfOthers
  freshFor: number
  /** The person comes back from a fresh sign-in for a pass. */
  wanted: boolean
}

/** What staff can do for a verified caller: one sentence and one step each. */
export function Acts({ account, reference, call, others, freshFor, wanted }: Props) {
  const t = useTranslations('helpdesk.acts')
  const router = useRouter()
  const focusOn = useFocusOn()
  const fresh = useFresh(freshFor)
  const [open, setOpen] = useState<Kind>()
  const [pass, setPass] = useState<{ pass: string; expiresAt: Date }>()

  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', window.location.pathname)
    setOpen('pass')
  }, [wanted])

  const done = (what: Done) => {
    setOpen(undefined)
    if (what.kind === 'pass') return setPass(what.issued)
    toast({ text: t(`${what.kind}.done`, { count: what.count }) })
    readAnew()
  }
  const readAnew = () => {
    router.refresh()
    // What was pressed may be gone with the next reading.
    focusOn(ACTS)
  }
  const passRead = () => {
    setPass(undefined)
    readAnew()
  }
  return (
    <Section first title={t('title')} action={<span className="text-ink-3 text-sm">{t('hint')}</span>}>
      <div id={ACTS} tabIndex={-1} className="-mt-px outline-none">
        <ActList account={account} reference={reference} onAct={setOpen} />
      </div>
      {open && (
        <ActDialog
          kind={open}
          account={account}
          reference={reference}
          call={call}
          others={others}
          fresh={fresh}
          onDone={done}
          onClose={() => setOpen(undefined)}
        />
      )}
      {pass && <PassShown issued={pass} name={account.name} onClose={passRead} />}
    </Section>
  )
}
