'use client'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, TextField } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Fault, Line } from './draft.ts'
import { EditAddresses } from './edit-addresses.tsx'
import type { Editing } from './edit-form.tsx'
import { EditRows } from './edit-rows.tsx'

interface Props extends Editing {
  faults: Fault[]
  line: (field: Line) => { label: string; value: string; autoComplete: string; onChange: (event: { target: { value: string } }) => void }
}

const PARTS = [
  ['familyName', 100],
  ['givenName', 100],
  ['middleName', 100],
  ['nickname', 100],
  ['prefix', 60],
  ['suffix', 60],
] as const

/** What is seldom asked for: shown on demand, and at once where some of it is known. The note is always there. */
export function EditMore({ draft, onChange, faults, line }: Props) {
  const t = useTranslations('contacts')
  const { lines, lists, addresses, dates, gender } = draft
  const known = PARTS.some(([part]) => lines[part]) || lists.ims.length + lists.urls.length + addresses.length > 0
  const [open, setOpen] = useState(known || Boolean(dates.anniversary || gender))
  return (
    <>
      <Field label={t('field.note')}>
        {(control) => (
          <textarea
            {...control}
            className="ui-input block"
            rows={3}
            maxLength={4_000}
            value={draft.note}
            onChange={({ target }) => onChange({ ...draft, note: target.value })}
          />
        )}
      </Field>
      {!open && (
        <p className="-ml-2 mt-3">
          <Button kind="quiet" size="sm" aria-expanded={false} onClick={() => setOpen(true)}>
            {t('edit.more')}
            <ChevronDown />
          </Button>
        </p>
      )}
      {open && (
        <>
          <EditAddresses {...{ draft, onChange }} />
          <EditRows list="ims" {...{ draft, onChange, faults }} />
          <EditRows list="urls" {...{ draft, onChange, faults }} />
          <div className="grid grid-cols-2 gap-x-3">
            {PARTS.map(([part, most]) => (
              <TextField key={part} {...line(part)} maxLength={most} />
            ))}
            <TextField
              id="contact-field-anniversary"
              label={t('field.anniversary')}
              value={dates.anniversary}
              maxLength={20}
              autoComplete="off"
              error={faults.includes('anniversary') && t('edit.fault.date')}
              onChange={({ target }) => onChange({ ...draft, dates: { ...dates, anniversary: target.value } })}
            />
            <Select
              label={t('field.gender')}
              wide
              options={[
                { value: '', label: t('gender.unknown') },
                { value: 'female', label: t('gender.female') },
                { value: 'male', label: t('gender.male') },
              ]}
              value={gender ?? ''}
              onChange={({ target }) => onChange({ ...draft, gender: (target.value || undefined) as typeof gender })}
            />
          </div>
        </>
      )}
    </>
  )
}
