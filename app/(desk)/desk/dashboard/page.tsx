import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Dashboard } from '#components/dashboard/dashboard.tsx'
import { placeOf } from '#components/dashboard/place.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadFigures } from '#lib/features/dashboard/loaders.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { DESK_ROLES } from '#lib/platform/staff.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function DashboardPage({ searchParams }: Props) {
  const place = placeOf(await searchParams)
  const [result, { roles }] = await Promise.all([loadFigures({ ...place }), loadPerson()])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    const t = await getTranslations('dashboard')
    return <NotOpened title={t('title')} href="/desk/dashboard" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['dashboard']}>
      <Dashboard
        key={`${place.period} ${place.from}`}
        first={result.data}
        place={place}
        queue={roles.some((role) => DESK_ROLES.some((one) => one === role))}
      />
    </ClientMessages>
  )
}
