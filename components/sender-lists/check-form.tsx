'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { checkSenderAction } from '#lib/features/sender-lists/actions.ts'
import type { Checked } from '#lib/features/sender-lists/schema.ts'
import { SenderInput } from './sender-input.tsx'

/** What would happen to mail from somebody, and which rule decides. */
export function CheckForm() {
  const t = useTranslations('sender-lists.check')
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<Checked>()
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const check = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const sender = String(new FormData(event.currentTarget).get('sender'))
    setBusy(true)
    const answer = await answerOf(checkSenderAction({ sender }))
    setBusy(false)
    setFound(answer.ok ? answer.data : undefined)
    setRefused((before) => (answer.ok ? undefined : { answer, attempt: (before?.attempt ?? 0) + 1 }))
  }

  const noSender = refused?.answer.code === 'invalid_input'
  return (
    <Section first title={t('title')}>
      <form onSubmit={check} noValidate>
        <Field label={t('label')} error={noSender && t('error')} className="mt-3">
          {(control) => (
            <div className="flex gap-2">
              <SenderInput {...control} />
              <Button type="submit" busy={busy} busyLabel={t('checking')}>
                {t('check')}
              </Button>
            </div>
          )}
        </Field>
        {refused && !noSender && <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />}
        <div role="status" className="mt-3 text-sm [overflow-wrap:anywhere]">
          {found && <Answer found={found} />}
        </div>
      </form>
    </Section>
  )
}

function Answer({ found: { sender, by, rule, givesWay } }: { found: Checked }) {
  const t = useTranslations('sender-lists.check')
  if (!rule || !by) return t('none', { sender })
  return (
    <>
      <p className="font-semibold">{t(`answer.${rule.verdict}`, { sender })}</p>
      <p className="text-ink-2">
        {t(by === 'address' ? 'byAddress' : 'byDomain', { rule: rule.sender })}
        {givesWay && t('givesWay', { rule: givesWay.sender, verdict: givesWay.verdict })}
      </p>
    </>
  )
}
