import type { Metadata } from 'next'
import { NoPhone } from '#components/restore/no-phone.tsx'
import { placeOf, written } from '#components/restore/place.ts'
import { Restore } from '#components/restore/restore.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadDeleted, loadRestore } from '#lib/features/restore/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('restore'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RestorePage({ searchParams }: Props) {
  const asked = await searchParams
  const { query, restore } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const [result, shown, freshFor] = await Promise.all([
    loadDeleted(written(query)),
    restore === null ? null : loadRestore(restore),
    stepUpSecondsLeft(),
  ])
  if (!result.ok) {
    const t = await getTranslations('restore')
    if (result.code !== 'phone_required') return <NotOpened title={t('title')} href="/restore" refusal={result} />
    return (
      <>
        <PageHead title={t('title')}>{t('intro')}</PageHead>
        <NoPhone />
      </>
    )
  }
  return (
    <ClientMessages namespaces={['restore']}>
      <Restore first={{ query, page: result.data, at: Date.now() }} firstRestore={shown?.ok ? shown.data : null} freshFor={freshFor} />
    </ClientMessages>
  )
}
