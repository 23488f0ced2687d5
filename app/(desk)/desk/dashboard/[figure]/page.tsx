import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BehindFigure } from '#components/dashboard/behind-figure.tsx'
import { placeOf } from '#components/dashboard/place.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadDrill } from '#lib/features/dashboard/loaders.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('title') }
}

interface Props {
  params: Promise<{ figure: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function BehindFigurePage({ params, searchParams }: Props) {
  const [{ figure }, search] = await Promise.all([params, searchParams])
  const place = placeOf(search)
  const one = (name: string) => [search[name]].flat()[0]
  const [dimension, before] = [one('dimension'), one('before')]
  const result = await loadDrill({ figure, ...place, ...(dimension ? { dimension } : {}), ...(before ? { before } : {}) })
  if (result.ok) return <BehindFigure page={result.data} place={place} />
  if (result.code === 'forbidden' || result.code === 'invalid_input') notFound()
  const t = await getTranslations('dashboard')
  return <NotOpened title={t('title')} href="/desk/dashboard" refusal={result} />
}
