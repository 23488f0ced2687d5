import type { ReactNode } from 'react'

/** The title of a page that is open to all: what explains other pages needs no link to an explanation. */
export function HelpHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-5">
      <h1>{title}</h1>
      {children && <p className="mt-1 max-w-measure text-ink-2">{children}</p>}
    </div>
  )
}
