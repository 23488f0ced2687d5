'use client'
import { useTranslations } from 'next-intl'
import { CopyButton } from './copy-button.tsx'

/** The number that a person quotes to the helpdesk. */
export function Reference({ value }: { value: string }) {
  const t = useTranslations('common')
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <code className="text-sm">{value}</code>
      <CopyButton value={value} kind="quiet" size="sm">
        {t('copyReference')}
      </CopyButton>
    </span>
  )
}
