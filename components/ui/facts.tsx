import type { ReactNode } from 'react'

/** Names and values. `narrow` where it stands in a dialog or a side column. */
export function Facts({ narrow, children }: { narrow?: boolean; children: ReactNode }) {
  return <dl className={narrow ? 'ui-facts ui-facts-narrow' : 'ui-facts'}>{children}</dl>
}

/** One line; `action` stands at its right end, or below where there is no room for both. */
export function Fact({ label, action, children }: { label: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {action ? (
          <span className="flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 grow basis-36">{children}</span>
            {action}
          </span>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}
