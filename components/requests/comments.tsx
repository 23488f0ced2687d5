'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import type { RequestDetail } from '#lib/features/requests/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Opened } from './place.ts'
import { useNameOf } from './state.tsx'
import { useActs } from './use-acts.ts'

const MOST = 1_000

/** What staff wrote for each other; the owner does not read it. */
export function Comments({ detail: { written }, opened }: { detail: RequestDetail; opened: Opened }) {
  const t = useTranslations('requests.comments')
  const format = useFormat()
  const nameOf = useNameOf()
  const form = useRef<HTMLFormElement>(null)
  const { act, busy, refused } = useActs(opened, () => form.current?.reset())
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const words = String(new FormData(event.currentTarget).get('words')).trim()
    if (words) void act('comment', words)
  }
  return (
    <Section title={t('title')} count={written.length > 0 && t('count', { count: written.length })}>
      {written.length > 0 && (
        <ol aria-label={t('title')}>
          {written.map(({ by, words, at }) => (
            <li key={`${by.address} ${at.toISOString()}`} className="border-line border-b py-2 [overflow-wrap:anywhere]">
              <p className="flex gap-3 text-ink-3 text-sm">
                <b className="text-ink-2">{nameOf(by)}</b>
                <time dateTime={at.toISOString()} className="tabular-nums">
                  {format.moment(at)}
                </time>
              </p>
              <p>{words}</p>
            </li>
          ))}
        </ol>
      )}
      <form ref={form} onSubmit={submit}>
        {refused && (
          <div className="mt-4" key={refused.attempt}>
            <Refusal title={t('failed')} refusal={refused.answer} />
          </div>
        )}
        <Field label={t('label')} help={t('help')}>
          {(control) => <textarea {...control} name="words" maxLength={MOST} rows={2} className="ui-input" />}
        </Field>
        <p className="mt-2">
          <Button type="submit" busy={busy === 'comment'} busyLabel={t('writing')}>
            {t('write')}
          </Button>
        </p>
      </form>
    </Section>
  )
}
