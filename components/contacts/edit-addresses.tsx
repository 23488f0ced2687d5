'use client'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Select } from '#components/ui/select.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { newKey } from './draft.ts'
import type { Editing } from './edit-form.tsx'

const MOST = 5
const PARTS = [
  ['street', 400],
  ['city', 100],
  ['region', 100],
  ['postcode', 40],
  ['country', 100],
] as const
const ADD = 'contact-add-address'

/** Postal addresses. */
export function EditAddresses({ draft, onChange }: Editing) {
  const t = useTranslations('contacts')
  const { addresses } = draft
  const focusOn = useFocusOn()
  const put = (changed: typeof addresses) => onChange({ ...draft, addresses: changed })
  const change = (key: number, to: Partial<(typeof addresses)[number]>) =>
    put(addresses.map((address) => (address.key === key ? { ...address, ...to } : address)))
  const add = () =>
    put([...addresses, { key: newKey(addresses), kind: 'work', street: '', city: '', region: '', postcode: '', country: '' }])
  return (
    <>
      {addresses.map(({ key, kind, ...parts }, at) => (
        <Fieldset key={key} legend={t('edit.numbered', { field: t('field.addresses'), number: at + 1 })}>
          <div className="flex items-center gap-2">
            <Select
              label={t('edit.kindOf', { field: t('field.addresses'), number: at + 1 })}
              labelHidden
              options={(['work', 'home', 'other'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={kind}
              onChange={({ target }) => change(key, { kind: target.value as typeof kind })}
            />
            <Button
              kind="quiet"
              size="sm"
              onClick={() => {
                put(addresses.filter((address) => address.key !== key))
                focusOn(ADD)
              }}
            >
              {t('edit.removeAddress')}
            </Button>
          </div>
          <div className="grid grid-cols-2 gap-x-3">
            {PARTS.map(([part, most]) => (
              <TextField
                key={part}
                className={part === 'street' ? 'col-span-2 mt-2' : 'mt-2'}
                label={t(`address.${part}`)}
                value={parts[part]}
                maxLength={most}
                autoComplete="off"
                onChange={({ target }) => change(key, { [part]: target.value })}
              />
            ))}
          </div>
        </Fieldset>
      ))}
      {addresses.length < MOST && (
        <p className="-ml-2 mt-3">
          <Button id={ADD} kind="quiet" size="sm" onClick={add}>
            <Plus />
            {t('edit.add.address')}
          </Button>
        </p>
      )}
    </>
  )
}
