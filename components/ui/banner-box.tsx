import type { ReactNode } from 'react'

/** On a phone a link or a button goes under the words; a switch stays at the right. */
const ACTION =
  'self-center max-md:has-[>:is(a,button)]:col-start-2 max-md:has-[>:is(a,button)]:mt-1 max-md:has-[>:is(a,button)]:justify-self-start'

export interface BannerBoxProps {
  title: ReactNode
  icon?: ReactNode
  action?: ReactNode
  /** `alert` for what just went wrong, `status` for what just came about; none for what stands there from the start. */
  role?: 'alert' | 'status'
  children?: ReactNode
}

/** The shape of a banner, without the looks of its kinds: a public page that has but one loads no more. */
export function BannerBox({ look, icon, title, action, role, children }: BannerBoxProps & { look: string }) {
  return (
    <div
      role={role}
      className={`grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 rounded-2 px-4 py-2.5 text-sm [&>.lucide]:mt-0.5 ${look}`}
    >
      {icon}
      <div className="[overflow-wrap:anywhere]">
        <b>{title}</b>
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {action && <div className={ACTION}>{action}</div>}
    </div>
  )
}

export const STOP_LOOK = 'bg-stop-tint [&>.lucide]:text-stop'
