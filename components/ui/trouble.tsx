'use client'
import type { ReactNode } from 'react'
import { FormError } from './form-error.tsx'
import { Refusal } from './refusal.tsx'
import type { RefusedAct } from './use-act.ts'

interface Props {
  refused: RefusedAct | undefined
  /** Those to put right: the `id` of each and its label. */
  wrong?: { id: string; label: ReactNode }[]
  /** What was not done, where nothing typed is to blame. */
  title: string
  /** Instead of the sentence of the code. */
  children?: ReactNode
}

/** Above the fields of a form that was refused: what to put right, or else why. */
export function Trouble({ refused, wrong = [], title, children }: Props) {
  if (!refused) return null
  return (
    <div className="mt-4" key={refused.attempt}>
      {wrong.length > 0 ? (
        <FormError fields={wrong} />
      ) : (
        <Refusal title={title} refusal={refused}>
          {children}
        </Refusal>
      )}
    </div>
  )
}
