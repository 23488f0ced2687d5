import type { StepWords } from '#components/reset/reset-frame.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function stepWords(): Promise<StepWords> {
  const t = await getTranslations('reset.steps')
  return { label: t('label'), items: [t('account'), t('code'), t('new'), t('done')] }
}
