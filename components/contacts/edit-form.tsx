'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { FormError } from '#components/ui/form-error.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Contact, GroupList } from '#lib/features/contacts/schema.ts'
import { Conflict } from './conflict.tsx'
import { type Draft, type Fault, faultsOf, type Line, NOBODY, toCard, toDraft } from './draft.ts'
import { EditMore } from './edit-more.tsx'
import { EditRows } from './edit-rows.tsx'
import { GroupChoice } from './group-choice.tsx'
import { useSave } from './use-save.ts'

interface Props {
  /** Left out: a new one. */
  contact?: Contact
  groups: GroupList
  onSaved: (id: string) => void
  onCancel: () => void
}

/** What every part of the form gets. */
export interface Editing {
  draft: Draft
  onChange: (draft: Draft) => void
}

const idOf = (fault: Fault) => `contact-field-${fault}`

export default function EditForm({ contact, groups, onSaved, onCancel }: Props) {
  const t = useTranslations('contacts')
  const names = groups.groups.map(({ name }) => name)
  // What the form began with: what is read anew meanwhile does not touch what somebody types.
  const [base, setBase] = useState(contact)
  const [draft, setDraft] = useState(() => toDraft(contact ?? NOBODY, names))
  const [tried, setTried] = useState(0)
  const { save, saving, refused, conflict, settle } = useSave(base, onSaved)
  const faults = tried > 0 ? faultsOf(draft) : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(tried + 1)
    if (faultsOf(draft).length === 0) void save(toCard(draft, base ?? NOBODY))
  }
  const takeTheirs = () => {
    if (conflict?.theirs) {
      setBase(conflict.theirs)
      setDraft(toDraft(conflict.theirs, names))
    }
    settle()
  }
  const labels: Record<string, string> = { name: t('field.name'), birthday: t('field.birthday'), anniversary: t('field.anniversary') }
  return (
    <form onSubmit={submit} noValidate>
      <h2>{contact ? t('edit.title', { name: contact.name }) : t('edit.newTitle')}</h2>
      <div className="mt-4 empty:hidden">
        {conflict ? (
          <Conflict
            key={conflict.attempt}
            {...{ base, saving }}
            theirs={conflict.theirs}
            onTheirs={takeTheirs}
            onMine={() => void save(toCard(draft, base ?? NOBODY), conflict.theirs)}
          />
        ) : refused ? (
          <Refusal key={refused.attempt} title={t('edit.notSaved')} refusal={refused.answer} />
        ) : (
          faults.length > 0 && (
            <FormError key={tried} fields={faults.map((fault) => ({ id: idOf(fault), label: labels[fault] ?? t('field.email') }))} />
          )
        )}
      </div>
      <Fields draft={draft} onChange={setDraft} faults={faults} fresh={!contact} />
      <div className="mt-6 flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={saving} busyLabel={t('edit.saving')}>
          {t('edit.save')}
        </Button>
        <Button onClick={onCancel}>{t('edit.cancel')}</Button>
      </div>
    </form>
  )
}

function Fields({ draft, onChange, faults, fresh }: Editing & { faults: Fault[]; fresh: boolean }) {
  const t = useTranslations('contacts')
  const put = (line: Line, value: string) => onChange({ ...draft, lines: { ...draft.lines, [line]: value } })
  const line = (field: Line) => ({
    label: t(`field.${field}`),
    value: draft.lines[field],
    autoComplete: 'off',
    onChange: ({ target }: { target: { value: string } }) => put(field, target.value),
  })
  return (
    <>
      <TextField
        {...line('name')}
        id={idOf('name')}
        maxLength={200}
        autoFocus={fresh}
        error={faults.includes('name') && t('edit.fault.name')}
      />
      <EditRows list="emails" {...{ draft, onChange, faults }} />
      <EditRows list="phones" {...{ draft, onChange, faults }} />
      <TextField {...line('organisation')} maxLength={200} />
      <div className="grid gap-x-3 md:grid-cols-2">
        <TextField {...line('department')} maxLength={200} />
        <TextField {...line('title')} maxLength={200} />
      </div>
      <TextField
        id={idOf('birthday')}
        className="mt-4 max-w-56"
        label={t('field.birthday')}
        help={t('edit.birthdayHelp')}
        value={draft.dates.birthday}
        maxLength={20}
        autoComplete="off"
        error={faults.includes('birthday') && t('edit.fault.date')}
        onChange={({ target }) => onChange({ ...draft, dates: { ...draft.dates, birthday: target.value } })}
      />
      <GroupChoice legend={t('field.groups')} shares={draft.groups} onChange={(groups) => onChange({ ...draft, groups })} />
      <EditMore {...{ draft, onChange, faults, line }} />
    </>
  )
}
