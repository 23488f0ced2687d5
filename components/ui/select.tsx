import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentProps, ReactNode } from 'react'
import { Field } from './field.tsx'

interface Props extends Omit<ComponentProps<'select'>, 'style' | 'className' | 'children'> {
  label: ReactNode
  labelHidden?: boolean
  /** In a row of filters: something is chosen, and the edge says so. */
  on?: boolean
  help?: ReactNode
  error?: ReactNode
  options: { value: string; label: string }[]
}

/** The browser's own list: arrows, type ahead, Escape, and the wheel on a phone. */
export function Select({ id, label, labelHidden, on, help, error, options, ...rest }: Props) {
  return (
    <Field id={id} label={label} labelHidden={labelHidden} help={help} error={error} className={labelHidden ? '' : undefined}>
      {(control) => (
        <span className="relative inline-flex max-w-full items-center">
          <select {...rest} {...control} data-on={on || undefined} className="ui-select">
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown className="pointer-events-none absolute right-2.5 text-ink-3" />
        </span>
      )}
    </Field>
  )
}
