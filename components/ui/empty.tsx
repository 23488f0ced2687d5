import type { ReactNode } from 'react'

interface Props {
  icon: ReactNode
  title: ReactNode
  /** One step. */
  action?: ReactNode
  children: ReactNode
}

/** Why there is nothing, and one step. For an empty list, no match, no permission, a server that is away. */
export function Empty({ icon, title, action, children }: Props) {
  return (
    <div className="max-w-120 py-10 [&>.lucide]:mb-3 [&>.lucide]:size-6 [&>.lucide]:text-ink-3">
      {icon}
      <h3>{title}</h3>
      <p className="mt-1 mb-4 text-ink-2">{children}</p>
      {action}
    </div>
  )
}
