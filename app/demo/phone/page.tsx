import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DemoPhone } from '#components/demo-phone/demo-phone.tsx'
import { loadDemoMessages } from '#lib/features/demo-phone/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { getLocale, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('demo'))('phone.title') }
}

export default async function DemoPhonePage() {
  if (!env().DEMO) notFound()
  const [result, t, common, locale] = await Promise.all([
    loadDemoMessages(),
    getTranslations('demo.phone'),
    getTranslations('common'),
    getLocale(),
  ])
  const words = {
    copy: common('copy'),
    copied: common('copied'),
    arrived: t('arrived'),
    stale: t('stale'),
    emptyTitle: t('emptyTitle'),
    emptyText: t('emptyText'),
    bind: t('bind'),
  }
  return (
    <div className="max-w-160">
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
      <h1 className="mb-2 text-2xl">{t('title')}</h1>
      <p className="mb-8 text-ink-2">{t('text')}</p>
      <DemoPhone messages={result.ok ? result.data.messages : null} words={words} locale={locale} timeZone={env().TIME_ZONE} />
    </div>
  )
}
