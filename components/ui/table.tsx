import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Skeleton } from './skeleton.tsx'

interface TableProps {
  /** What is in it, for screen readers. */
  label: string
  /** The rows can be opened or acted on. */
  hover?: boolean
  /** 36 px rows, on staff pages. */
  compact?: boolean
  /** Cells may have several lines. */
  wrap?: boolean
  /** How a row folds on a phone: a Tailwind class with the grid areas, see README. */
  fold?: string
  children: ReactNode
}

export function Table({ label, hover, compact, wrap, fold, children }: TableProps) {
  const look = cx(
    'ui-table',
    hover && 'ui-table-hover',
    compact && 'ui-table-compact',
    wrap && 'ui-table-wrap',
    fold && 'ui-table-fold',
    fold,
  )
  return (
    // biome-ignore lint/a11y/noRedundantRoles: folded to a grid it would lose its role
    <table role="table" aria-label={label} className={look}>
      {children}
    </table>
  )
}

interface RowProps extends Omit<ComponentProps<'tr'>, 'style'> {
  selected?: boolean
  /** What it leads to stands beside the table. */
  open?: boolean
  /** It has just come. */
  added?: boolean
}

export function Tr({ selected, open, added, ...rest }: RowProps) {
  // biome-ignore lint/a11y/noRedundantRoles: as above
  return <tr role="row" aria-selected={selected} data-open={open || undefined} data-added={added || undefined} {...rest} />
}

interface CellProps {
  className?: string
  /** Tabular figures. */
  figures?: boolean
  /** To the right: amounts. */
  end?: boolean
  /** Not shown on a phone. */
  wideOnly?: boolean
  children?: ReactNode
}

/** A column head. `hidden` keeps it for screen readers; `className` sets the width (`w-48`). */
export function Th({ className, figures, end, wideOnly, hidden, children }: CellProps & { hidden?: boolean }) {
  return (
    <th scope="col" className={cx(wideOnly && 'max-md:hidden', className)} data-figures={figures || undefined} data-end={end || undefined}>
      {hidden ? <span className="sr-only">{children}</span> : children}
    </th>
  )
}

interface TdProps extends CellProps {
  /** Its place when the row folds: `a` to `e`; `x` for a checkbox at its beginning. */
  area?: 'x' | 'a' | 'b' | 'c' | 'd' | 'e'
  strong?: boolean
  faint?: boolean
  /** Holds the buttons of the row. */
  action?: boolean
}

export function Td({ className, figures, end, wideOnly, area, strong, faint, action, children }: TdProps) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: as above
      role="cell"
      className={cx(wideOnly && 'max-md:hidden', strong && 'font-semibold', faint && 'text-ink-3', className)}
      data-area={area}
      data-box={area === 'x' || undefined}
      data-figures={figures || undefined}
      data-end={end || undefined}
      data-action={action || undefined}
    >
      {children}
    </td>
  )
}

/** A line between groups of rows: today, yesterday. */
export function GroupRow({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: as above
    <tr role="row" data-group="">
      <th scope="rowgroup" colSpan={columns}>
        {children}
      </th>
    </tr>
  )
}

const WIDTHS = ['w-3/5', 'w-11/12', 'w-3/4', 'w-1/2', 'w-2/3']

/** Rows of the height of the real ones while they load. `columns` are the widths of the table's columns. */
export function TableSkeleton({ label, columns, rows = 5 }: { label: string; columns: string[]; rows?: number }) {
  return (
    <div role="status" className="ui-late">
      <span className="sr-only">{label}</span>
      <table className="ui-table" aria-hidden="true">
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              {columns.map((width, column) => (
                <td key={column} className={width}>
                  <Skeleton className={WIDTHS[(row + column) % WIDTHS.length]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
