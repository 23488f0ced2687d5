import { type ReactNode, useId } from 'react'

export type AttentionTone = 'plain' | 'hold' | 'stop' | 'wait'

const TONES: Record<AttentionTone, string> = {
  plain: '[&>.lucide]:text-ink-3',
  hold: '[&>.lucide]:text-hold',
  stop: '[&>.lucide]:text-stop',
  wait: '[&>.lucide]:text-wait',
}

/** `label` is its heading, said to screen readers only. */
export function Attention({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="sr-only">
        {label}
      </h2>
      <ul className="border-line border-t">{children}</ul>
    </section>
  )
}

interface ItemProps {
  tone?: AttentionTone
  icon: ReactNode
  title: ReactNode
  /** The one step: a `ButtonLink`, quiet except for the first item. */
  action?: ReactNode
  children?: ReactNode
}

/** One sentence and one step. */
export function AttentionItem({ tone = 'plain', icon, title, action, children }: ItemProps) {
  return (
    <li
      className={`grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-3 border-line border-b py-3.5 md:grid-cols-[1.25rem_minmax(0,1fr)_auto] [&>.lucide]:mt-[3px] ${TONES[tone]}`}
    >
      {icon}
      <div>
        <h3>{title}</h3>
        {children && <p className="mt-px text-ink-2 text-sm">{children}</p>}
      </div>
      {action && (
        <div className="max-md:col-start-2 max-md:mt-2 max-md:justify-self-start max-md:[&>[data-kind=quiet]]:-ml-2 md:[&>[data-kind=quiet]]:-mr-2">
          {action}
        </div>
      )}
    </li>
  )
}
