import type { ReactNode } from 'react'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { getSite } from '#lib/platform/i18n/server.ts'

export default async function DemoLayout({ children }: { children: ReactNode }) {
  return <PublicShell site={await getSite()}>{children}</PublicShell>
}
