import type { ReactNode } from 'react'
import { Steps } from '#components/ui/steps.tsx'

export interface StepWords {
  label: string
  items: string[]
}

interface Props {
  steps: StepWords
  /** Counts from 0; 4 when all is done. */
  current: number
  /** Beside the form, under it on a phone. */
  help?: ReactNode
  children: ReactNode
}

/** Where the person is, the form, and answers beside it. */
export function ResetFrame({ steps, current, help, children }: Props) {
  return (
    <>
      <Steps {...steps} current={current} />
      <div className="lg:grid lg:grid-cols-[minmax(0,25rem)_minmax(0,18rem)] lg:justify-between">
        <div className="max-w-100">{children}</div>
        {help}
      </div>
    </>
  )
}
