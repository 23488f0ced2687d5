'use client'
import { NextIntlClientProvider, useTranslations } from 'next-intl'
import { type ComponentProps, type FormEvent, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Select } from '#components/ui/select.tsx'
import { writeMessageAction } from '#lib/features/help/actions.ts'
import type { MessageFacts, Topic } from '#lib/features/help/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { type Draft, faultsOf, likelyTopic, MOST_LETTERS, TOPICS, type Wrong } from './draft.ts'
import { Receipt } from './receipt.tsx'

interface Props {
  facts: MessageFacts
  reference: string
  from: string
}

/** `before`: an earlier try had done it, and only its answer got lost. */
type Sent = { reference: string; at: Date } | 'before'

export default function WriteForm({ intl, ...props }: Props & { intl: Omit<ComponentProps<typeof NextIntlClientProvider>, 'children'> }) {
  const [sent, setSent] = useState<Sent>()
  return (
    <NextIntlClientProvider {...intl}>
      {sent ? (
        <Receipt sent={sent} address={props.facts.address} onAnother={() => setSent(undefined)} />
      ) : (
        <Form {...props} onSent={setSent} />
      )}
    </NextIntlClientProvider>
  )
}

function Form({ facts, reference, from, onSent }: Props & { onSent: (sent: Sent) => void }) {
  const t = useTranslations('help.write')
  const [draft, setDraft] = useState<Draft>({
    ...{ topic: likelyTopic(from), text: '', about: reference },
    ...{ browser: true, page: true, recent: true },
  })
  const [wrong, setWrong] = useState<Wrong>({})
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  // A message whose answer got lost on the way is not sent twice; one that was changed since is another.
  const [key, setKey] = useState('')
  const change = (part: Partial<Draft>) => {
    setKey('')
    setDraft((before) => ({ ...before, ...part }))
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const faults = faultsOf(draft)
    setWrong(faults)
    const [first] = Object.keys(faults)
    if (first) return document.getElementById(`help-${first}`)?.focus()
    setBusy(true)
    const again = key || crypto.randomUUID()
    setKey(again)
    const answer = await answerOf(writeMessageAction(inputOf(draft, { facts, from }), again))
    setBusy(false)
    if (answer.ok) return onSent(answer.data)
    if (answer.code === 'already_done') return onSent('before')
    if (answer.code !== 'no_answer') setKey('')
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }

  return (
    <form onSubmit={submit} noValidate className="max-w-120">
      {refused && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={t('failed')} refusal={refused.answer} />
        </div>
      )}
      <TopicField value={draft.topic} wrong={wrong.topic} onChange={(topic) => change({ topic })} />
      <Field id="help-text" label={t('message')} help={t('messageHelp', { most: MOST_LETTERS })} error={wrong.text && t('messageMissing')}>
        {(control) => (
          <textarea
            {...control}
            value={draft.text}
            maxLength={MOST_LETTERS}
            rows={6}
            className="ui-input"
            onChange={({ target }) => change({ text: target.value })}
          />
        )}
      </Field>
      <TextField
        id="help-about"
        label={t('about')}
        help={t('aboutHelp')}
        error={wrong.about && t('aboutWrong')}
        value={draft.about}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => change({ about: target.value })}
      />
      <Along facts={facts} from={from} draft={draft} onChange={change} />
      <p className="mt-5">
        <Button type="submit" kind="primary" busy={busy} busyLabel={t('sending')}>
          {t('send')}
        </Button>
      </p>
    </form>
  )
}

interface TopicFieldProps {
  value: Topic | ''
  wrong?: boolean
  onChange: (topic: Topic | '') => void
}

function TopicField({ value, wrong, onChange }: TopicFieldProps) {
  const t = useTranslations('help')
  return (
    <Select
      id="help-topic"
      label={t('write.topic')}
      error={wrong && t('write.topicMissing')}
      options={[{ value: '', label: t('write.topicNone') }, ...TOPICS.map((topic) => ({ value: topic, label: t(`topic.${topic}`) }))]}
      value={value}
      onChange={({ target }) => onChange(target.value as Topic | '')}
    />
  )
}

interface AlongProps {
  facts: MessageFacts
  from: string
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

/** What goes with it: seen before it goes, and left out where the person does not want it. */
function Along({ facts: { address, browser, recent }, from, draft, onChange }: AlongProps) {
  const t = useTranslations('help.write')
  const format = useFormat()
  const numbers = recent.map(({ reference, at }) => `${reference} ${format.time(at)}`).join(' · ')
  return (
    <Fieldset legend={t('along')} help={t('always', { address })}>
      {browser && (
        <Checkbox
          label={t('browser')}
          note={browser}
          checked={draft.browser}
          onChange={({ target }) => onChange({ browser: target.checked })}
        />
      )}
      {from && (
        <Checkbox label={t('page')} note={from} checked={draft.page} onChange={({ target }) => onChange({ page: target.checked })} />
      )}
      {recent.length > 0 && (
        <Checkbox
          label={t('recent')}
          note={numbers}
          checked={draft.recent}
          onChange={({ target }) => onChange({ recent: target.checked })}
        />
      )}
    </Fieldset>
  )
}

function inputOf({ topic, text, about, browser, page, recent }: Draft, { facts, from }: Pick<Props, 'facts' | 'from'>) {
  return {
    ...{ topic, text, browser: browser && facts.browser !== '' },
    ...(about.trim() ? { about: about.trim() } : {}),
    ...(page && from ? { page: from } : {}),
    ...(recent && facts.recent.length > 0 ? { recent: facts.recent.map(({ reference }) => reference) } : {}),
  }
}
