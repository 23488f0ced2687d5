import Smartphone from 'lucide-react/icons/smartphone'
import type { Metadata } from 'next'
import { placeOf, written } from '#components/restore/place.ts'
import { Restore } from '#components/restore/restore.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadDeleted, loadRestore } from '#lib/features/restore/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.restore') }
}

interface Props {
  params: Promise<{ account: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AccountRestorePage({ params, searchParams }: Props) {
  const [{ account }, asked] = await Promise.all([params, searchParams])
  const { query, restore } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const [result, shown] = await Promise.all([loadDeleted(written(query), account), restore === null ? null : loadRestore(restore, account)])
  if (!result.ok) {
    const t = await getTranslations('on-behalf')
    if (result.code !== 'phone_required') return <NotListed title={t('lists.restore')} {...{ account, list: 'restore', refusal: result }} />
    return (
      <>
        <PageHead title={t('lists.restore')} />
        <Empty icon={<Smartphone />} title={t('words.restore.noPhone.title')}>
          {t('words.restore.noPhone.text')}
        </Empty>
      </>
    )
  }
  return (
    <ClientMessages onBehalf namespaces={['restore']}>
      <Restore first={{ query, page: result.data, at: Date.now() }} firstRestore={shown?.ok ? shown.data : null} freshFor={0} />
    </ClientMessages>
  )
}
