'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Field } from '#components/ui/field.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Decision, RequestDetail } from '#lib/features/requests/schema.ts'
import type { Acts } from './use-acts.ts'

const [LEAST, MOST] = [4, 1_000]

interface Props {
  decision: Decision
  detail: RequestDetail
  acts: Acts
  onClose: () => void
}

/** The words go to the owner; of the first of two they go to the second. */
export default function DecideDialog({
  decision,
  detail: { kind, size, address, may, mails },
  acts: { act, busy, refused },
  onClose,
}: Props) {
  const t = useTranslations('requests')
  const form = useId()
  const [wrong, setWrong] = useState(false)
  // A colleague may decide meanwhile: what was asked here stays what is sent.
  const [seen] = useState(may?.approve)
  const first = decision === 'approve' && seen === 'first'
  const what = first ? 'recommend' : decision
  const submit = async (element: HTMLFormElement) => {
    const words = String(new FormData(element).get('words')).trim()
    setWrong(words.length < LEAST)
    if (words.length < LEAST) return document.getElementById(`${form}-words`)?.focus()
    if (await act(decision, words, seen ?? undefined)) onClose()
  }
  return (
    <FormDialog
      id={form}
      title={t(`dialog.${what}.title`, { kind, count: size })}
      help={t(`dialog.${what}.help`, { kind, address })}
      send={t(`dialog.${what}.confirm`, { kind })}
      sending={t('dialog.sending')}
      busy={busy === decision}
      onSend={submit}
      onClose={onClose}
    >
      {refused?.act === decision && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={t(`failed.${decision}`)} refusal={refused.answer} />
        </div>
      )}
      {decision === 'approve' && mails.length > 0 && <Released mails={mails} />}
      <Field
        id={`${form}-words`}
        label={t('dialog.words')}
        help={t(first ? 'dialog.secondReads' : 'dialog.ownerReads', { address })}
        error={wrong && t('dialog.short', { least: LEAST })}
      >
        {(control) => <textarea {...control} name="words" maxLength={MOST} rows={4} className="ui-input" />}
      </Field>
    </FormDialog>
  )
}

const MOST_NAMED = 5

/** Who sent them, and what the filter took them for. */
function Released({ mails }: Pick<RequestDetail, 'mails'>) {
  const t = useTranslations('requests')
  const others = mails.length - MOST_NAMED
  return (
    <div className="mt-3 border-line border-t">
      <Facts narrow>
        {mails.slice(0, MOST_NAMED).map(({ id, from, verdict }) => (
          <Fact key={id} label={t(`about.verdicts.${verdict}`)}>
            <bdi className="[overflow-wrap:anywhere]">{from ?? t('about.system')}</bdi>
          </Fact>
        ))}
      </Facts>
      {others > 0 && <p className="mt-1 text-ink-3 text-sm">{t('dialog.others', { count: others })}</p>}
    </div>
  )
}
