'use client'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button.tsx'

/** Submits the form around it, and is busy while that form is under way. */
export function SubmitButton({ kind = 'primary', busyLabel, ...rest }: Omit<ButtonProps, 'busy' | 'type'>) {
  const { pending } = useFormStatus()
  return <Button {...rest} type="submit" kind={kind} busy={pending} busyLabel={busyLabel} />
}
