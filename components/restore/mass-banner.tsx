'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import type { MassDeletion } from '#lib/features/restore/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

/** Much mail was deleted at once, and can still be taken back. */
export function MassBanner({ mass, onShow }: { mass: MassDeletion; onShow: () => void }) {
  const t = useTranslations('restore.mass')
  const format = useFormat()
  const { at, count, client, until } = mass
  const action = (
    <Button size="sm" onClick={onShow}>
      {t('show')}
    </Button>
  )
  return (
    <div className="mb-5">
      <Banner kind="hold" title={t('title', { count, client: client ?? 'none', time: format.dayAndTime(at) })} action={action}>
        {t('text', { until: format.dayAndTime(until) })}
      </Banner>
    </div>
  )
}
