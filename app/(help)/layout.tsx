import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { ownNavigation } from '#components/shell/navigation.ts'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { loadVisitor } from '#lib/features/sso/loaders.ts'
import { getSite } from '#lib/platform/i18n/server.ts'

/** Open to all: whoever is signed in keeps the frame of the portal around it. */
export default async function HelpLayout({ children }: { children: ReactNode }) {
  const [person, site] = await Promise.all([loadVisitor(), getSite()])
  if (!person) return <PublicShell site={site}>{children}</PublicShell>
  return (
    <AppShell person={person} site={site} home="/overview" navigation={ownNavigation(person.roles)} NavLink={PlainLink}>
      {children}
    </AppShell>
  )
}

/** Without the script of the router, which strangers would load as well. */
function PlainLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} aria-current={href === '/help' ? 'true' : undefined}>
      {children}
    </a>
  )
}
