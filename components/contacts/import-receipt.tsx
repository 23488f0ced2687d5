'use client'
import Download from 'lucide-react/icons/download'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Banner } from '#components/ui/banner.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { undoImportAction } from '#lib/features/contacts/actions.ts'
import type { ImportReport } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { ImportFaults } from './import-faults.tsx'
import { addressOf } from './place.ts'

interface Props {
  report: ImportReport
  /** It ended before somebody's eyes: then it takes the focus. */
  told: boolean
  onUndoing: () => void
}

/** The record of an import: how many came in, where they are, and why the others did not. */
export function ImportReceipt({ report, told, onUndoing }: Props) {
  const t = useTranslations('contacts-import.receipt')
  const { state, files } = report
  const undone = state === 'undone'
  const groups = new Set(files.map(({ group }) => group))
  const [group] = groups
  const one = groups.size === 1 && group ? group : null
  return (
    <Told told={told}>
      <Stamp title={<Title report={report} group={one} />} time={<Counts report={report} />} />
      {state === 'failed' && (
        <div className="mt-5">
          <Banner kind="stop" title={t('failed')}>
            {t('failedText')}
          </Banner>
        </div>
      )}
      {!undone && report.faulty > 0 && <LeftOut report={report} />}
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <ButtonLink href={addressOf({ query: one && !undone ? { group: one } : {}, id: null, editing: false })} kind="primary">
          {t(one && !undone ? 'openGroup' : 'openAll')}
        </ButtonLink>
        {report.undoUntil && !undone && <Undo report={report} until={report.undoUntil} onUndoing={onUndoing} />}
        {(undone || !report.undoUntil) && <ButtonLink href="/contacts/import">{t('another')}</ButtonLink>}
      </div>
    </Told>
  )
}

function Told({ told, children }: { told: boolean; children: ReactNode }) {
  return told ? (
    <Focused role="status" className="max-w-208">
      {children}
    </Focused>
  ) : (
    <div className="max-w-208">{children}</div>
  )
}

function Title({ report: { state, added, changed }, group }: { report: ImportReport; group: string | null }) {
  const t = useTranslations('contacts-import.receipt')
  const format = useFormat()
  if (state === 'undone') return t('undone')
  const count = added + changed
  return group && count > 0
    ? t('doneInto', { count, shown: format.number(count), group })
    : t('done', { count, shown: format.number(count) })
}

function Counts({ report }: { report: ImportReport }) {
  const t = useTranslations('contacts-import.receipt')
  const format = useFormat()
  const { state, added, changed, skipped, faulty, kept, files, startedAt, finishedAt } = report
  const parts =
    state === 'undone'
      ? [kept > 0 && t('kept', { count: kept })]
      : [
          t('added', { count: added }),
          changed > 0 && t('changed', { count: changed }),
          skipped > 0 && t('skipped', { count: skipped }),
          faulty > 0 && t('leftOut', { count: faulty }),
        ]
  const names = files.map(({ name }) => name).join(', ')
  return [...parts, names, format.dayAndTime(finishedAt ?? startedAt)].filter(Boolean).join(' · ')
}

function LeftOut({ report: { id, files, faulty } }: { report: ImportReport }) {
  const t = useTranslations('contacts-import.receipt')
  const download = (
    <a href={`/contacts/import/${id}/left-out`} download className={buttonClass({ kind: 'quiet', size: 'sm' })} data-kind="quiet">
      <Download />
      {t('download', { count: faulty })}
    </a>
  )
  return (
    <div className="mt-6">
      <Section first title={t('leftOutTitle', { count: faulty })} action={download}>
        {files
          .filter((file) => file.faulty > 0)
          .map((file, at) => (
            <ImportFaults key={at} {...file} name={files.length > 1 ? file.name : undefined} />
          ))}
      </Section>
    </div>
  )
}

function Undo({ report: { id, added, changed }, until, onUndoing }: { report: ImportReport; until: Date; onUndoing: () => void }) {
  const t = useTranslations('contacts-import.undo')
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const undo = async () => {
    setBusy(true)
    const answer = await answerOf<unknown>(undoImportAction({ id }))
    setBusy(false)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    setAsking(false)
    onUndoing()
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <Undo2 />
        {t('button')}
      </Button>
      <span className="text-ink-2 text-sm">{t('until', { day: format.day(until) })}</span>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('title')}
        description={t('text', { added, changed })}
        confirm={t('confirm')}
        busy={busy}
        busyLabel={t('undoing')}
        onConfirm={() => void undo()}
        error={refused && <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />}
      />
    </>
  )
}
