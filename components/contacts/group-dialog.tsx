'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { addGroupAction, renameGroupAction } from '#lib/features/contacts/actions.ts'

interface Props {
  /** The group that gets another name; left out: a new one. */
  name?: string
  onDone: (name: string) => void
  onClose: () => void
}

export default function GroupDialog({ name, onDone, onClose }: Props) {
  const t = useTranslations('contacts.groups')
  const common = useTranslations('common')
  const client = useQueryClient()
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = String(new FormData(event.currentTarget).get('name')).trim()
    if (busy) return
    setBusy(true)
    const answer = await answerOf<unknown>(name === undefined ? addGroupAction({ name: wanted }) : renameGroupAction({ name, to: wanted }))
    setBusy(false)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    await client.invalidateQueries({ queryKey: ['contacts'] })
    onDone(wanted)
  }
  const nameless = refused?.answer.code === 'invalid_input'
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={name === undefined ? t('newTitle') : t('renameTitle', { name })}
      help={name === undefined ? undefined : t('renameHelp')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('saving')}>
            {t(name === undefined ? 'create' : 'save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        {refused && !nameless && (
          <div className="mt-4">
            <Refusal key={refused.attempt} title={t(name === undefined ? 'notCreated' : 'notRenamed')} refusal={refused.answer} />
          </div>
        )}
        <TextField
          label={t('name')}
          name="name"
          defaultValue={name}
          maxLength={60}
          autoComplete="off"
          autoFocus
          error={nameless && t('nameless')}
        />
      </form>
    </Dialog>
  )
}
