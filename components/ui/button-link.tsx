import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonKind, type ButtonSize, buttonClass } from './button.tsx'

interface Props {
  href: string
  kind?: ButtonKind
  size?: ButtonSize
  block?: boolean
  /** Where it leads to is what is shown. */
  current?: 'page'
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ href, kind, size, block, current, children }: Props) {
  return (
    <Link href={href} aria-current={current} className={buttonClass({ kind, size, block })} data-kind={kind}>
      {children}
    </Link>
  )
}
