import ArrowLeft from 'lucide-react/icons/arrow-left'
import type { Metadata } from 'next'
import { DigestScreen } from '#components/digest/digest-screen.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadDigest } from '#lib/features/digest/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('digest'))('title') }
}

export default async function DigestPage() {
  const [result, t] = await Promise.all([loadDigest(), getTranslations('digest')])
  if (!result.ok) return <NotOpened title={t('title')} href="/digest" refusal={result} />
  const back = (
    <ButtonLink href="/received" kind="quiet">
      <ArrowLeft />
      {t('back')}
    </ButtonLink>
  )
  return (
    <ClientMessages namespaces={['digest']}>
      <PageHead title={t('title')} action={back}>
        {t('text')}
      </PageHead>
      <DigestScreen initial={result.data} />
    </ClientMessages>
  )
}
