import { type ReactNode, useId } from 'react'

interface Props {
  title: ReactNode
  /** Beside the title: a count. */
  count?: ReactNode
  /** At the right end. */
  action?: ReactNode
  /** The first one of a column stands close under what is above it. */
  first?: boolean
  children: ReactNode
}

export function Section({ title, count, action, first, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={first ? '' : 'mt-10'}>
      <div className="flex min-h-9 items-center gap-3 border-line border-b pb-1">
        <h2 id={id}>
          {title}
          {count && <span className="ml-2 font-normal text-ink-3 tabular-nums">{count}</span>}
        </h2>
        {action && <div className="ml-auto [&>[data-kind$=quiet]:last-child]:-mr-2">{action}</div>}
      </div>
      {children}
    </section>
  )
}

interface SplitProps {
  aside: ReactNode
  asideLabel: string
  /** What has to be looked at before the content: below 1200 px it stands above. */
  asideFirst?: boolean
  children: ReactNode
}

/** Content, and from 1200 px a second column of 352 px for facts. */
export function Split({ aside, asideLabel, asideFirst, children }: SplitProps) {
  const content = <div className="xl:col-start-1 xl:row-start-1">{children}</div>
  return (
    <div className="grid gap-10 xl:grid-cols-[minmax(0,1fr)_22rem] xl:gap-0 [&>*]:min-w-0">
      {!asideFirst && content}
      <aside aria-label={asideLabel} className="border-line xl:col-start-2 xl:row-start-1 xl:ml-8 xl:border-l xl:pl-8">
        {aside}
      </aside>
      {asideFirst && content}
    </div>
  )
}
