'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { keepDraft, takeDraft } from '#components/ui/kept-draft.ts'
import { Select } from '#components/ui/select.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { proposeRoleAction } from '#lib/features/settings/actions.ts'
import type { RoleChange } from '#lib/features/settings/schema.ts'

const ROLES = ['agent', 'supervisor', 'auditor', 'admin'] as const
const FIELDS = ['group', 'reason'] as const
const EMPTY: Draft = { role: 'agent', group: '', reason: '' }
const KEY = 'settings-role'

type Draft = Pick<RoleChange, 'role' | 'group' | 'reason'>

interface Props {
  isFresh: () => boolean
  onStepUp: () => void
  onDone: (text: string) => void
}

/** The first of two. */
export function ProposeRole({ isFresh, onStepUp, onDone }: Props) {
  const t = useTranslations('settings.roles.propose')
  const names = useTranslations('settings.roles.names')
  const router = useRouter()
  const [draft, setDraft] = useState(EMPTY)
  const ask = () => {
    keepDraft(KEY, draft)
    onStepUp()
  }
  const { busy, refused, act } = useAct(ask)
  useEffect(() => {
    const kept = takeDraft<Draft>(KEY)
    if (kept) setDraft(kept)
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isFresh()) return ask()
    if (!(await act(() => proposeRoleAction(draft)))) return
    setDraft(EMPTY)
    router.refresh()
    onDone(t('done', { role: names(draft.role), group: draft.group }))
  }
  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))
  return (
    <form onSubmit={submit} noValidate className="max-w-120">
      <Trouble refused={refused} wrong={wrong.map((field) => ({ id: `role-${field}`, label: t(field) }))} title={t('failed')} />
      <Select
        label={t('role')}
        value={draft.role}
        options={ROLES.map((value) => ({ value, label: names(value) }))}
        onChange={({ target }) => setDraft({ ...draft, role: target.value as Draft['role'] })}
      />
      {FIELDS.map((field) => (
        <TextField
          key={field}
          id={`role-${field}`}
          label={t(field)}
          help={t(`${field}Help`)}
          error={wrong.includes(field) ? t(`${field}Wrong`) : undefined}
          value={draft[field]}
          maxLength={200}
          autoComplete="off"
          spellCheck={field === 'reason'}
          onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
        />
      ))}
      <p className="mt-6">
        <Button type="submit" kind="primary" busy={busy} busyLabel={t('proposing')}>
          {t('propose')}
        </Button>
      </p>
    </form>
  )
}
