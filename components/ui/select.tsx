import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Field } from './field.tsx'

interface Option {
  value: string
  label: string
}

interface Props extends Omit<ComponentProps<'select'>, 'style' | 'className' | 'children' | 'size'> {
  label: ReactNode
  labelHidden?: boolean
  /** In a row of filters: something is chosen, and the edge says so. */
  on?: boolean
  /** As wide as the column. */
  wide?: boolean
  /** In a row of a table. */
  small?: boolean
  /** What is chosen is that nothing is. */
  faint?: boolean
  help?: ReactNode
  error?: ReactNode
  /** One with `options` is a group of them under its label. */
  options: (Option | { label: string; options: Option[] })[]
}

/** The browser's own list: arrows, type ahead, Escape, and the wheel on a phone. */
export function Select({ id, label, labelHidden, on, wide, small, faint, help, error, options, ...rest }: Props) {
  return (
    <Field id={id} label={label} labelHidden={labelHidden} help={help} error={error} className={labelHidden ? '' : undefined}>
      {(control) => (
        <span className={cx('relative inline-flex max-w-full items-center', wide && 'w-full')}>
          <select
            {...rest}
            {...control}
            data-on={on || undefined}
            data-wide={wide || undefined}
            data-small={small || undefined}
            className={cx('ui-select', faint && 'text-ink-3')}
          >
            {options.map((option) =>
              'options' in option ? (
                <optgroup key={option.label} label={option.label}>
                  {option.options.map(toOption)}
                </optgroup>
              ) : (
                toOption(option)
              ),
            )}
          </select>
          <ChevronDown className="pointer-events-none absolute right-2.5 text-ink-3" />
        </span>
      )}
    </Field>
  )
}

const toOption = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
)
