import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'role' | 'style' | 'className'> {
  label: ReactNode
  hideLabel?: boolean
}

/** Acts at once; where a form is saved later, a checkbox is right. */
export function Switch({ label, hideLabel, ...rest }: Props) {
  return (
    <label className="inline-flex cursor-pointer items-center gap-3">
      {/* biome-ignore lint/a11y/useAriaPropsForRole: the browser says whether it is checked */}
      <input {...rest} type="checkbox" role="switch" className="ui-switch" />
      <span className={cx(hideLabel && 'sr-only')}>{label}</span>
    </label>
  )
}
