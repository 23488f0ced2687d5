import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Calls } from '#components/helpdesk/calls.tsx'
import { Search } from '#components/helpdesk/search.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadCalls } from '#lib/features/helpdesk/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('helpdesk'))('search.title') }
}

export default async function FindAccountPage() {
  const [result, t] = await Promise.all([loadCalls(), getTranslations('helpdesk.search')])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    return <NotOpened onBehalf title={t('title')} href="/desk/helpdesk" refusal={result} />
  }
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <ClientMessages onBehalf namespaces={['helpdesk']}>
        <Search />
      </ClientMessages>
      <Calls calls={result.data.calls} />
    </>
  )
}
