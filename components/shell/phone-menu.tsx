'use client'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** The menu of a phone. The browser opens and closes it; a new page closes it too. */
export function PhoneMenu({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details key={usePathname()} className="ui-menu-phone">
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  )
}
