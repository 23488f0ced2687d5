import type { ReactNode } from 'react'
import { Fieldset } from './fieldset.tsx'

interface Props {
  id?: string
  legend: ReactNode
  legendHidden?: boolean
  name: string
  options: { value: string; label: ReactNode }[]
  value?: string
  defaultValue?: string
  onChange?: (value: string) => void
  help?: ReactNode
  error?: ReactNode
  /** What follows from the choice, under it. */
  children?: ReactNode
}

/** One of a few, side by side. Radio buttons underneath: arrows move the choice. */
export function Segment({ id, legend, legendHidden, name, options, value, defaultValue, onChange, help, error, children }: Props) {
  return (
    <Fieldset id={id} legend={legend} legendHidden={legendHidden} help={help} error={error}>
      <div className="ui-segment">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={value === undefined ? defaultValue === option.value : undefined}
              onChange={onChange && (() => onChange(option.value))}
            />
            {option.label}
          </label>
        ))}
      </div>
      {children && <div className="mt-1.5 text-ink-2 text-sm">{children}</div>}
    </Fieldset>
  )
}
