import type { ReactNode } from 'react'

export type StatusKind = 'ok' | 'hold' | 'stop' | 'wait' | 'off'

const KINDS: Record<StatusKind, string> = {
  ok: '[&>.lucide]:text-ink-3',
  hold: 'font-semibold text-hold',
  stop: 'font-semibold text-stop',
  wait: 'text-wait',
  off: 'text-ink-3',
}

/** Icon and word, never a pill. Normal (`ok`) stays in ink. */
export function Status({ kind, icon, children }: { kind: StatusKind; icon: ReactNode; children: ReactNode }) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap [&>.lucide]:self-center ${KINDS[kind]}`}>
      {icon}
      <span>{children}</span>
    </span>
  )
}
