import CircleX from 'lucide-react/icons/circle-x'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'

export type BannerKind = 'stop' | 'hold' | 'wait' | 'plain'

const LOOKS: Record<BannerKind, { box: string; icon: ReactNode }> = {
  stop: { box: 'bg-stop-tint [&>.lucide]:text-stop', icon: <CircleX /> },
  hold: { box: 'bg-hold-tint [&>.lucide]:text-hold', icon: <TriangleAlert /> },
  wait: { box: 'bg-wait-tint [&>.lucide]:text-wait', icon: <Info /> },
  plain: { box: 'bg-sunken', icon: <Info /> },
}

/** On a phone a link or a button goes under the words; a switch stays at the right. */
const ACTION =
  'self-center max-md:has-[>:is(a,button)]:col-start-2 max-md:has-[>:is(a,button)]:mt-1 max-md:has-[>:is(a,button)]:justify-self-start'

interface Props {
  kind: BannerKind
  title: ReactNode
  icon?: ReactNode
  action?: ReactNode
  /** `alert` for what just went wrong, `status` for what just came about; none for what stands there from the start. */
  role?: 'alert' | 'status'
  children?: ReactNode
}

/** One a page: incident before expiry before notice. */
export function Banner({ kind, title, icon, action, role, children }: Props) {
  const look = LOOKS[kind]
  return (
    <div
      role={role}
      className={`grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 rounded-2 px-4 py-2.5 text-sm [&>.lucide]:mt-0.5 ${look.box}`}
    >
      {icon ?? look.icon}
      <div>
        <b>{title}</b>
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {action && <div className={ACTION}>{action}</div>}
    </div>
  )
}
