import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ButtonKind, type ButtonSize, buttonClass } from './button.tsx'

interface Props {
  href: string
  kind?: ButtonKind
  size?: ButtonSize
  block?: boolean
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ href, kind, size, block, children }: Props) {
  return (
    <Link href={href} className={buttonClass({ kind, size, block })} data-kind={kind}>
      {children}
    </Link>
  )
}
