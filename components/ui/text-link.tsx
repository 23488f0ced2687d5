import Link from 'next/link'
import type { ReactNode } from 'react'

export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="whitespace-nowrap text-sm">
      {children}
    </Link>
  )
}
