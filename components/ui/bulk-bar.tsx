import type { ReactNode } from 'react'
import { Checkbox } from './checkbox.tsx'

interface Props {
  label: string
  /** What the box does that chooses the whole page. */
  pageLabel: string
  /** How many of the page's rows there are, and how many of them are chosen. */
  rows: number
  chosen: number
  onPage: (on: boolean) => void
  /** How many are chosen and what can be done with them; nothing while none is. */
  children: ReactNode
}

/** Lies over the heads of the columns, so that no row moves when the first is chosen; on a phone it stays at the bottom of the screen. */
export function BulkBar({ label, pageLabel, rows, chosen, onPage, children }: Props) {
  const all = chosen === rows
  return (
    <fieldset aria-label={label} className="z-10 min-w-0 md:sticky md:top-0 md:h-0 max-md:sticky max-md:bottom-0 max-md:order-last">
      <div className="ui-bulk" data-chosen={Boolean(children) || undefined}>
        <span className="max-md:hidden">
          <Checkbox
            label={<span className="sr-only">{pageLabel}</span>}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && chosen > 0
            }}
            onChange={() => onPage(!all)}
          />
        </span>
        {children}
      </div>
    </fieldset>
  )
}
