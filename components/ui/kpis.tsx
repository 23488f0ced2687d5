import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Minus from 'lucide-react/icons/minus'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** Figures in a row, each a link to what is behind it. */
export function Kpis({ children }: { children: ReactNode }) {
  return <div className="ui-kpis">{children}</div>
}

interface Props {
  href: string
  label: ReactNode
  value: ReactNode
  /** Beside the figure, smaller: `%`. */
  unit?: ReactNode
  /** Against the period before. Worse is told by word and icon too. */
  change?: { direction: 'up' | 'down' | 'level'; worse?: boolean; text: ReactNode }
}

const ICONS = { up: ArrowUp, down: ArrowDown, level: Minus }

export function Kpi({ href, label, value, unit, change }: Props) {
  const Icon = change && ICONS[change.direction]
  return (
    <Link href={href} prefetch={false}>
      <span className="ui-kpi-label">{label}</span>
      <span className="ui-kpi-value">
        {value}
        {unit && <small>{unit}</small>}
      </span>
      <span className="ui-kpi-change" data-worse={change?.worse || undefined}>
        {Icon && <Icon />}
        <span>{change?.text}</span>
      </span>
    </Link>
  )
}
