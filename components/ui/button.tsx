import LoaderCircle from 'lucide-react/icons/loader-circle'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

export type ButtonKind = 'primary' | 'plain' | 'chosen' | 'quiet' | 'danger' | 'danger-quiet' | 'danger-solid' | 'icon'
export type ButtonSize = 'md' | 'sm'

const KINDS: Record<ButtonKind, string> = {
  primary: 'border-fill bg-fill font-semibold text-on-fill hover:border-fill-strong hover:bg-fill-strong hover:text-on-fill',
  plain: 'border-line-strong bg-raised text-ink hover:bg-sunken hover:text-ink',
  chosen: 'border-accent bg-raised text-accent hover:bg-sunken hover:text-accent-strong',
  quiet: 'border-transparent text-accent hover:bg-accent-tint hover:text-accent-strong',
  danger: 'border-stop bg-raised text-stop hover:bg-stop-tint hover:text-stop',
  'danger-quiet': 'border-transparent text-stop hover:bg-stop-tint hover:text-stop',
  'danger-solid':
    'border-stop-fill bg-stop-fill font-semibold text-on-fill hover:border-stop-strong hover:bg-stop-strong hover:text-on-fill',
  icon: 'border-transparent text-ink-2 hover:bg-sunken hover:text-ink',
}

const OFF = 'cursor-not-allowed border-line bg-sunken font-normal text-ink-3'

function padding(kind: ButtonKind, size: ButtonSize) {
  if (size === 'sm') return cx('min-h-7 text-sm pointer-coarse:min-h-8', kind === 'icon' ? 'w-7 pointer-coarse:w-8' : 'px-2')
  const inline = kind === 'icon' ? 'w-control pointer-coarse:w-touch' : kind.endsWith('quiet') ? 'px-2' : 'px-3'
  return cx('min-h-control py-1 text-md pointer-coarse:min-h-touch', inline)
}

interface Look {
  kind?: ButtonKind
  size?: ButtonSize
  /** As wide as the column. */
  block?: boolean
}

/** The look of a button, for links. */
export function buttonClass({ kind = 'plain', size = 'md', block, off }: Look & { off?: boolean } = {}) {
  return cx(
    'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border no-underline transition-colors duration-(--fast)',
    off ? OFF : cx('cursor-pointer active:translate-y-[0.5px]', KINDS[kind]),
    padding(kind, size),
    block && 'w-full',
  )
}

export interface ButtonProps extends Look, Omit<ComponentProps<'button'>, 'disabled' | 'className' | 'style'> {
  /** For `kind="icon"`: the word that a screen reader says. */
  label?: string
  busy?: boolean
  /** What the button says while it is busy. It is laid out from the start, so that the width stays. */
  busyLabel?: ReactNode
  /** Why it cannot be used now; stands beside it. The button stays reachable by keyboard. */
  disabledReason?: ReactNode
}

export function Button({ kind, size, block, label, busy, busyLabel, disabledReason, children, ...rest }: ButtonProps) {
  const reasonId = useId()
  const off = Boolean(disabledReason)
  const idle = off || busy ? { type: 'button' as const, onClick: undefined } : {}
  const button = (
    <button
      type="button"
      {...rest}
      {...idle}
      className={buttonClass({ kind, size, block, off })}
      data-kind={kind}
      aria-busy={busy || undefined}
      aria-disabled={off || undefined}
      aria-describedby={off ? reasonId : rest['aria-describedby']}
    >
      {busyLabel === undefined ? children : <BusyLabels busy={busy} label={children} busyLabel={busyLabel} />}
      {label && <span className="sr-only">{label}</span>}
    </button>
  )
  if (!off) return button
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {button}
      <span id={reasonId} className="text-sm text-ink-2">
        {disabledReason}
      </span>
    </span>
  )
}

function BusyLabels({ busy, label, busyLabel }: { busy?: boolean; label: ReactNode; busyLabel: ReactNode }) {
  const face = 'col-start-1 row-start-1 inline-flex items-center justify-center gap-1.5'
  return (
    <span className="grid">
      <span className={cx(face, busy && 'invisible')}>{label}</span>
      <span className={cx(face, !busy && 'invisible')}>
        <LoaderCircle className="animate-spin motion-reduce:hidden" />
        {busyLabel}
      </span>
    </span>
  )
}
