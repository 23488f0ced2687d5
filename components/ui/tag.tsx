import type { ReactNode } from 'react'

export function Tag({ children }: { children: ReactNode }) {
  return <span className="inline-block whitespace-nowrap rounded-1 border border-line px-1.5 text-ink-2 text-xs">{children}</span>
}
