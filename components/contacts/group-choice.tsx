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

/** The groups to be in, and a line for a new one. */
export function GroupChoice({ legend, legendHidden, shares, onChange }: Props) {
  const t = useTranslations('contacts.groups')
  const [fresh, setFresh] = useState('')
  const put = (name: string, share: Share) => onChange(new Map(shares).set(name, share))
  const add = () => {
    const name = fresh.trim()
    if (name === '') return
    put(name, 'all')
    setFresh('')
  }
  return (
    <Fieldset legend={legend} legendHidden={legendHidden}>
      <div className="grid gap-x-4 sm:grid-cols-2 md:grid-cols-2">
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
      <Field label={t('newHere')} labelHidden className="mt-2">
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              value={fresh}
              maxLength={60}
              autoComplete="off"
              aria-label={t('newHere')}
              onChange={({ target }) => setFresh(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
            <Button onClick={add}>
              <Plus />
              {t('new')}
            </Button>
          </span>
        )}
      </Field>
    </Fieldset>
  )
}
