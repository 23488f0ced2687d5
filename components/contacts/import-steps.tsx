'use client'
import { useTranslations } from 'next-intl'
import { Steps } from '#components/ui/steps.tsx'

/** `current` counts from 0; 3 when all is done. */
export function ImportSteps({ current }: { current: number }) {
  const t = useTranslations('contacts-import.steps')
  return <Steps label={t('label')} items={[t('choose'), t('check'), t('result')]} current={current} />
}
