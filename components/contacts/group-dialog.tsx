'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { addGroupAction, renameGroupAction } from '#lib/features/contacts/actions.ts'

interface Props {
  /** The group that gets another name; left out: a new one. */
  name?: string
  onDone: (name: string) => void
  onClose: () => void
}

export default function GroupDialog({ name, onDone, onClose }: Props) {
  const t = useTranslations('contacts.groups')
  const client = useQueryClient()
  const form = useId()
  const { busy, refused, act } = useAct()
  const submit = async (element: HTMLFormElement) => {
    const wanted = String(new FormData(element).get('name')).trim()
    const done = await act<unknown>(() => (name === undefined ? addGroupAction({ name: wanted }) : renameGroupAction({ name, to: wanted })))
    if (!done) return
    await client.invalidateQueries({ queryKey: ['contacts'] })
    onDone(wanted)
  }
  const nameless = refused?.code === 'invalid_input'
  return (
    <FormDialog
      id={form}
      title={name === undefined ? t('newTitle') : t('renameTitle', { name })}
      help={name === undefined ? undefined : t('renameHelp')}
      send={t(name === undefined ? 'create' : 'save')}
      sending={t('saving')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      {!nameless && <Trouble refused={refused} title={t(name === undefined ? 'notCreated' : 'notRenamed')} />}
      <TextField
        label={t('name')}
        name="name"
        defaultValue={name}
        maxLength={60}
        autoComplete="off"
        autoFocus
        error={nameless && t('nameless')}
      />
    </FormDialog>
  )
}
