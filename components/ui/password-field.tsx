'use client'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Field, Input, type InputProps } from './field.tsx'
import { useHydrated } from './use-hydrated.ts'

interface Props extends Omit<InputProps, 'type' | 'placeholder' | 'defaultValue' | 'value'> {
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  /** What the button in the field says; without it there is no button. */
  eye?: { show: string; hide: string }
}

/** A line for a password, which can be shown. The field alone holds what is typed: no state and no attribute of the page does. */
export function PasswordField({ id, label, help, error, eye, className, ...rest }: Props) {
  const [shown, setShown] = useState(false)
  const hydrated = useHydrated()
  return (
    <Field id={id} label={label} help={help} error={error} className={className}>
      {(control) => (
        <span className="relative block">
          <Input
            required
            autoCapitalize="none"
            spellCheck={false}
            {...rest}
            {...control}
            type={shown ? 'text' : 'password'}
            className={eye && 'pr-11'}
            aria-describedby={cx(control['aria-describedby'], rest['aria-describedby']) || undefined}
            aria-invalid={control['aria-invalid'] ?? rest['aria-invalid']}
          />
          {eye && hydrated && (
            <span className="absolute inset-y-0 right-1 flex items-center">
              <Button kind="icon" size="sm" label={shown ? eye.hide : eye.show} onClick={() => setShown(!shown)}>
                {shown ? <EyeOff /> : <Eye />}
              </Button>
            </span>
          )}
        </span>
      )}
    </Field>
  )
}
