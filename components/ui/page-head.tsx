import type { ReactNode } from 'react'
import { HelpLink } from './help-link.tsx'

interface Props {
  title: ReactNode
  /** Beside the title, quieter: an address. */
  sub?: ReactNode
  /** The primary button of the page. */
  action?: ReactNode
  children?: ReactNode
}

export function PageHead({ title, sub, action, children }: Props) {
  return (
    <div className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="flex-[1_1_20rem]">
        <div className="flex flex-wrap items-baseline gap-x-4">
          <h1>
            {title} {sub && <span className="font-normal text-ink-3 text-lg tracking-normal">{sub}</span>}
          </h1>
          <HelpLink />
        </div>
        {children && <p className="mt-1 max-w-measure text-ink-2">{children}</p>}
      </div>
      {action}
    </div>
  )
}
