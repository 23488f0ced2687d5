import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'

/** Where a person is in a task. `current` counts from 0; equal to the number of items when all is done. */
export function Steps({ label, items, current }: { label: string; items: ReactNode[]; current: number }) {
  return (
    <ol aria-label={label} className="ui-steps">
      {items.map((item, index) => (
        <li key={index} aria-current={index === current ? 'step' : undefined} data-done={index < current || undefined}>
          <span className="ui-step-no">{index < current ? <Check /> : index + 1}</span>
          {item}
        </li>
      ))}
    </ol>
  )
}
