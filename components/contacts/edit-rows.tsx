'use client'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { FieldError, Input } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Select } from '#components/ui/select.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { emptyRow, type Fault, type List, type Row } from './draft.ts'
import type { Editing } from './edit-form.tsx'
import { SERVICES, serviceName } from './services.ts'

const WORDS = { emails: 'email', phones: 'phone', ims: 'im', urls: 'url' } as const
const MOST: Record<List, number> = { emails: 20, phones: 20, ims: 10, urls: 10 }
const LONGEST: Record<List, number> = { emails: 320, phones: 60, ims: 100, urls: 500 }
const TYPES: Record<List, string> = { emails: 'email', phones: 'tel', ims: 'text', urls: 'url' }

function useKinds(list: List, rows: Row[]): { value: string; label: string }[] {
  const t = useTranslations('contacts.kind')
  if (list === 'phones') {
    return (['mobile', 'work', 'home', 'work_fax', 'home_fax', 'pager', 'other'] as const).map((value) => ({
      value,
      label: t(`phone.${value}`),
    }))
  }
  if (list === 'ims') {
    const named = [...new Set([...SERVICES, ...rows.map(({ kind }) => kind)])]
    return named.map((value) => ({ value, label: serviceName(value) }))
  }
  return (['work', 'home', 'other'] as const).map((value) => ({ value, label: t(value) }))
}

/** Several of a kind each, with a button for one more. */
export function EditRows({ list, draft, onChange, faults }: Editing & { list: List; faults: Fault[] }) {
  const t = useTranslations('contacts')
  const word = WORDS[list]
  const rows = draft.lists[list]
  const kinds = useKinds(list, rows)
  const focusOn = useFocusOn()
  const put = (changed: Row[]) => onChange({ ...draft, lists: { ...draft.lists, [list]: changed } })
  const change = (key: number, to: Partial<Row>) => put(rows.map((row) => (row.key === key ? { ...row, ...to } : row)))
  const idOf = (key: number) => `contact-field-${word}-${key}`
  const addId = `contact-add-${word}`
  const add = () => {
    const row = emptyRow(list, rows)
    put([...rows, row])
    focusOn(idOf(row.key))
  }
  const remove = (key: number) => {
    put(rows.filter((row) => row.key !== key))
    focusOn(addId)
  }
  return (
    <Fieldset legend={t(`field.${word}`)}>
      {rows.map(({ key, kind, value }, at) => {
        const faulty = list === 'emails' && faults.includes(`email-${key}`)
        return (
          <div key={key} className="mb-2">
            <div className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-2">
              <Select
                label={t('edit.kindOf', { field: t(`field.${word}`), number: at + 1 })}
                labelHidden
                wide
                options={kinds}
                value={kind}
                onChange={({ target }) => change(key, { kind: target.value })}
              />
              <Input
                id={idOf(key)}
                type={TYPES[list]}
                aria-label={t('edit.numbered', { field: t(`field.${word}`), number: at + 1 })}
                aria-invalid={faulty || undefined}
                aria-describedby={faulty ? `${idOf(key)}-error` : undefined}
                value={value}
                maxLength={LONGEST[list]}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={({ target }) => change(key, { value: target.value })}
              />
              <Button
                kind="icon"
                size="sm"
                label={t('edit.removeOne', { field: t(`field.${word}`), number: at + 1 })}
                onClick={() => remove(key)}
              >
                <X />
              </Button>
            </div>
            {faulty && <FieldError id={`${idOf(key)}-error`}>{t('edit.fault.email')}</FieldError>}
          </div>
        )
      })}
      {rows.length < MOST[list] && (
        <span className="-ml-2 block">
          <Button id={addId} kind="quiet" size="sm" onClick={add}>
            <Plus />
            {t(`edit.add.${word}`)}
          </Button>
        </span>
      )}
    </Fieldset>
  )
}
