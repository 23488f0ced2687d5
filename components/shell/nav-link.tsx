'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** A place in the navigation; it knows when it is the present one, or holds it. */
export function NavLink({ href, holds = [], children }: { href: string; holds?: readonly string[]; children: ReactNode }) {
  const path = usePathname()
  const here = path === href ? 'page' : [`${href}/`, ...holds].some((start) => path.startsWith(start)) ? 'true' : undefined
  return (
    <Link href={href} aria-current={here}>
      {children}
    </Link>
  )
}
