'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Call } from '#components/ui/call.ts'
import { Masked } from '#components/ui/masked.tsx'
import { useFresh } from '#components/ui/use-fresh.ts'
import { WarrantDialog } from '#components/ui/warrant-dialog.tsx'
import { unmaskPhoneAction } from '#lib/features/helpdesk/actions.ts'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  phone: NonNullable<Account['phone']>
  account: string
  call: Call
  supervisor: boolean
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** The person comes back from a fresh sign-in for it. */
  wanted: boolean
}

/** Masked; a supervisor sees all of it, with reason and ticket, and the owner is told. */
export function PhoneNumber({ phone, account, call, supervisor, freshFor, wanted }: Props) {
  const t = useTranslations('helpdesk.facts')
  const act = useTranslations('helpdesk.acts')
  const common = useTranslations('common')
  const format = useFormat()
  const fresh = useFresh(freshFor)
  const [asking, setAsking] = useState(false)
  const [full, setFull] = useState<string>()
  useEffect(() => {
    if (!wanted || !supervisor) return
    window.history.replaceState(null, '', window.location.pathname)
    setAsking(true)
  }, [wanted, supervisor])
  const note = phone.coolingUntil
    ? t('cooling', { until: format.dayAndTime(phone.coolingUntil) })
    : t('phoneSince', { day: format.day(phone.boundAt) })
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-3">
        {full ? <span className="tabular-nums">{full}</span> : <Masked value={phone.masked} note={common('masked')} />}
        {!supervisor && <span className="text-ink-3 text-xs">{t('full')}</span>}
        {supervisor && !full && (
          <span className="-mx-2 -my-1">
            <Button kind="quiet" size="sm" onClick={() => setAsking(true)}>
              {t('unmask')}
            </Button>
          </span>
        )}
      </span>
      <span className="block text-ink-3 text-xs">{note}</span>
      {asking && (
        <WarrantDialog
          call={call}
          operation="helpdesk.unmask"
          title={act('unmask.title')}
          reasons={[act('reasons.checkNumber')]}
          confirm={act('unmask.confirm')}
          busyLabel={act('unmask.busy')}
          failed={act('unmask.failed')}
          stepUp={{ fresh, help: act('unmask.stepUp'), returnTo: `/desk/helpdesk/${account}?do=unmask` }}
          act={(warrant, key) => unmaskPhoneAction({ mailbox: account }, key, warrant)}
          onDone={({ number }) => {
            setFull(number)
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        >
          {act('unmask.will')}
        </WarrantDialog>
      )}
    </>
  )
}
