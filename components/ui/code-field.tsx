'use client'
import type { ReactNode } from 'react'
import { Field, Input } from './field.tsx'

interface Props {
  id?: string
  name?: string
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  /** How many digits. Absent for a code of letters and digits, which stays as it is typed: in groups, in capitals. */
  length?: number
  defaultValue?: string
  autoFocus?: boolean
}

/** What people paste: "408 271", "４０８２７１", "code: 408271". */
const digits = (text: string) => text.normalize('NFKC').replace(/\D/g, '')

/** A one-time code. The phone offers it by itself (`one-time-code`); pasting takes the digits out of whatever was copied. */
export function CodeField({ name = 'code', length, label, help, error, id, ...rest }: Props) {
  return (
    <Field id={id} label={label} help={help} error={error}>
      {(control) => (
        <Input
          {...rest}
          {...control}
          name={name}
          className={length ? 'ui-code' : 'min-h-touch font-mono text-lg tracking-wider'}
          inputMode={length ? 'numeric' : undefined}
          autoCapitalize="none"
          autoComplete="one-time-code"
          spellCheck={false}
          onInput={(event) => {
            if (length) event.currentTarget.value = digits(event.currentTarget.value).slice(0, length)
          }}
        />
      )}
    </Field>
  )
}
