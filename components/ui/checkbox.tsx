import type { ComponentProps, ReactNode } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'style' | 'className'> {
  label: ReactNode
  /** A line of explanation under the label. */
  note?: ReactNode
}

export function Checkbox({ label, note, ...rest }: Props) {
  return (
    <label className="ui-check">
      <input {...rest} type="checkbox" />
      <span>
        {label}
        {note && <small>{note}</small>}
      </span>
    </label>
  )
}
