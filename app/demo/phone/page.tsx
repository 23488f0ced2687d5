import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DemoPhone } from '#components/demo-phone/demo-phone.tsx'
import { loadDemoMessages } from '#lib/features/demo-phone/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('demo'))('phone.title') }
}

export default async function DemoPhonePage() {
  if (!env().DEMO) notFound()
  const [result, t] = await Promise.all([loadDemoMessages(), getTranslations('demo')])
  return (
    <div className="max-w-160">
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
      <h1 className="mb-2 text-2xl">{t('phone.title')}</h1>
      <p className="mb-8 text-ink-2">{t('phone.text')}</p>
      <ClientMessages namespaces={['demo']}>
        <DemoPhone messages={result.ok ? result.data.messages : null} />
      </ClientMessages>
    </div>
  )
}
