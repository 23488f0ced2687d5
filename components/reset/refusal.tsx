import { NotDone } from '#components/ui/not-done.tsx'
import type { Refused } from './answers.ts'

/** Above a form that was refused. */
export function Refusal({ refused, label }: { refused: Refused | undefined; label: string }) {
  if (!refused) return null
  const { wait, next, ...why } = refused
  return (
    <NotDone key={refused.reference} {...why} label={label}>
      {wait && <p>{wait}</p>}
      {next && (
        <p>
          <a href={next.href}>{next.label}</a>
        </p>
      )}
    </NotDone>
  )
}
