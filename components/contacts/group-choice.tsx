'use client'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, Input } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import type { Share } from './membership.ts'

interface Props {
  legend: string
  legendHidden?: boolean
  shares: ReadonlyMap<string, Share>
  onChange: (shares: Map<string, Share>) => void
}

/** The groups to be in, and on demand a line for a new one. */
export function GroupChoice({ legend, legendHidden, shares, onChange }: Props) {
  const t = useTranslations('contacts.groups')
  const [adding, setAdding] = useState(false)
  const put = (name: string, share: Share) => onChange(new Map(shares).set(name, share))
  const add = (name: string) => {
    if (name) put(name, 'all')
    setAdding(false)
  }
  return (
    <Fieldset legend={legend} legendHidden={legendHidden}>
      <div className="grid gap-x-4 gap-y-1 md:grid-cols-2">
        {[...shares].map(([name, share]) => (
          <Checkbox
            key={name}
            label={<bdi className="[overflow-wrap:anywhere]">{name}</bdi>}
            checked={share === 'all'}
            ref={(box) => {
              if (box) box.indeterminate = share === 'some'
            }}
            onChange={() => put(name, share === 'all' ? 'none' : 'all')}
          />
        ))}
      </div>
      {adding ? (
        <NewGroup onAdd={add} />
      ) : (
        <span className="mt-1 -ml-2 block">
          <Button kind="quiet" size="sm" onClick={() => setAdding(true)}>
            <Plus />
            {t('new')}
          </Button>
        </span>
      )}
    </Fieldset>
  )
}

function NewGroup({ onAdd }: { onAdd: (name: string) => void }) {
  const t = useTranslations('contacts.groups')
  const [name, setName] = useState('')
  return (
    <Field label={t('newHere')} className="mt-2">
      {(control) => (
        <span className="flex gap-2">
          <Input
            {...control}
            value={name}
            maxLength={60}
            autoComplete="off"
            autoFocus
            onChange={({ target }) => setName(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              onAdd(name.trim())
            }}
          />
          <Button onClick={() => onAdd(name.trim())}>{t('put')}</Button>
        </span>
      )}
    </Field>
  )
}
