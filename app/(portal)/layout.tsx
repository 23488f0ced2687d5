import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { NavLink } from '#components/shell/nav-link.tsx'
import { ownNavigation } from '#components/shell/navigation.ts'
import { QueryProvider } from '#components/shell/query-provider.tsx'
import { HelpPages } from '#components/ui/help-link.tsx'
import { Toaster } from '#components/ui/toast.tsx'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { articlesByPage } from '#lib/platform/help-articles/articles.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getSite } from '#lib/platform/i18n/server.ts'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [person, site] = await Promise.all([loadPerson(), getSite()])
  return (
    <ClientMessages namespaces={[]}>
      <QueryProvider>
        <HelpPages pages={articlesByPage()}>
          <AppShell person={person} site={site} home="/overview" navigation={ownNavigation(person.roles)} NavLink={NavLink}>
            {children}
          </AppShell>
        </HelpPages>
        <Toaster />
      </QueryProvider>
    </ClientMessages>
  )
}
