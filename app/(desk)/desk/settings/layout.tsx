import type { ReactNode } from 'react'
import { Places } from '#components/settings/places.tsx'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'

/** The way between the pages of the settings. Who may open one, its operation decides; who may none is shown no way. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { roles } = await loadPerson()
  return (
    <ClientMessages namespaces={['settings']}>
      {roles.includes('admin') && <Places />}
      {children}
    </ClientMessages>
  )
}
