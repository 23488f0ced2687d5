import type { ReactNode } from 'react'
import { FieldError, Help, useWords } from './field.tsx'

interface FieldsetProps {
  id?: string
  legend: ReactNode
  legendHidden?: boolean
  help?: ReactNode
  error?: ReactNode
  children: ReactNode
}

/** Several controls under one question. */
export function Fieldset({ id, legend, legendHidden, help, error, children }: FieldsetProps) {
  const { base, describedBy } = useWords(id, { help, error })
  return (
    <fieldset id={base} tabIndex={-1} aria-describedby={describedBy} className={legendHidden ? '' : 'mt-4'}>
      <legend className={legendHidden ? 'sr-only' : 'mb-1 block p-0 font-semibold'}>{legend}</legend>
      {help && <Help id={`${base}-help`}>{help}</Help>}
      {children}
      {error && <FieldError id={`${base}-error`}>{error}</FieldError>}
    </fieldset>
  )
}
