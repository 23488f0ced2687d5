import Headset from 'lucide-react/icons/headset'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { QueueCount } from '#components/requests/queue-count.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { NavLink } from '#components/shell/nav-link.tsx'
import { deskNavigation } from '#components/shell/navigation.ts'
import { QueryProvider } from '#components/shell/query-provider.tsx'
import { Toaster } from '#components/ui/toast.tsx'
import { loadRequestCount } from '#lib/features/requests/loaders.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { DESK_ROLES } from '#lib/platform/staff.ts'

/** For staff: who has no role is not told that these pages exist. What a role may do, each operation decides. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const [{ name, address, roles }, site, t] = await Promise.all([loadPerson(), getSite(), getTranslations('shell')])
  if (roles.length === 0) notFound()
  // Nobody else's page asks the queue.
  const queue = roles.some((role) => DESK_ROLES.some((one) => one === role)) ? await loadRequestCount() : null
  const marks = queue?.ok ? { '/desk/requests': <QueueCount first={queue.data.open} word={t('desk.waiting')} /> } : undefined
  const named = roles.map((role) => t(`desk.roles.${role}`)).join(t('desk.separator'))
  const band = (
    <>
      <Headset />
      <span>{t.rich('desk.as', { roles: named, b: (words) => <b>{words}</b> })}</span>
    </>
  )
  return (
    <ClientMessages namespaces={[]}>
      <QueryProvider>
        <AppShell
          person={{ name, address: `${named} · ${address.slice(0, address.lastIndexOf('@'))}` }}
          site={{ ...site, name: t('desk.name') }}
          home="/desk"
          navigation={deskNavigation(roles)}
          NavLink={NavLink}
          marks={marks}
          staffBand={band}
        >
          {children}
        </AppShell>
        <Toaster />
      </QueryProvider>
    </ClientMessages>
  )
}
