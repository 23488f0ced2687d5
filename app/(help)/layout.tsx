import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { loadVisitor } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getSite } from '#lib/platform/i18n/server.ts'

/** Open to all: whoever is signed in keeps the frame of the portal around it. */
export default async function HelpLayout({ children }: { children: ReactNode }) {
  const [person, site] = await Promise.all([loadVisitor(), getSite()])
  return (
    <ClientMessages namespaces={['help']}>
      {person ? (
        <AppShell person={person} site={site}>
          {children}
        </AppShell>
      ) : (
        <PublicShell site={site}>{children}</PublicShell>
      )}
    </ClientMessages>
  )
}
