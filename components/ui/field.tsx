import CircleAlert from 'lucide-react/icons/circle-alert'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

interface Words {
  label: ReactNode
  /** Between the label and the box. */
  help?: ReactNode
  /** Below the box: how to fix it. */
  error?: ReactNode
}

/** What a control needs to be tied to its label, help and error. */
export interface ControlProps {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

export function useWords(id: string | undefined, { help, error }: Pick<Words, 'help' | 'error'>) {
  const own = useId()
  const base = id ?? own
  const describedBy = [help && `${base}-help`, error && `${base}-error`].filter(Boolean).join(' ')
  const control: ControlProps = { id: base }
  if (describedBy) control['aria-describedby'] = describedBy
  if (error) control['aria-invalid'] = true
  return { base, control, describedBy: describedBy || undefined }
}

export function Help({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="mb-1 text-ink-2 text-sm">
      {children}
    </p>
  )
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-1 flex gap-1.5 text-sm text-stop [&>.lucide]:mt-0.5">
      <CircleAlert />
      <span>{children}</span>
    </p>
  )
}

interface FieldProps extends Words {
  id?: string
  labelHidden?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

/** Label above, help under it, error below the box. */
export function Field({ id, label, labelHidden, help, error, className, children }: FieldProps) {
  const { base, control } = useWords(id, { help, error })
  return (
    <div className={className ?? 'mt-4'}>
      <label htmlFor={base} className={labelHidden ? 'sr-only' : 'mb-1 block font-semibold'}>
        {label}
      </label>
      {help && <Help id={`${base}-help`}>{help}</Help>}
      {children(control)}
      {error && <FieldError id={`${base}-error`}>{error}</FieldError>}
    </div>
  )
}

export type InputProps = Omit<ComponentProps<'input'>, 'style'>

export function Input({ className, ...rest }: InputProps) {
  return <input {...rest} className={cx('ui-input', className)} />
}

/** A labelled line of text. No placeholder: the label is the label. */
export function TextField({ id, label, help, error, className, ...rest }: Words & Omit<InputProps, 'placeholder'>) {
  return (
    <Field id={id} label={label} help={help} error={error} className={className}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  )
}
