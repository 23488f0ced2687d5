import { cx } from './cx.ts'

/** A grey line where text will stand. Put it inside `ui-late`, so that it shows only after 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={cx('ui-skeleton', className)} />
}
