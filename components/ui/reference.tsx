'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { CopyButton } from './copy-button.tsx'

/** The number that a person quotes to the helpdesk. `wrong`: of something that went wrong, so that it can be sent there, too; the desk does not write to itself. */
export function Reference({ value, wrong }: { value: string; wrong?: boolean }) {
  const t = useTranslations('common')
  const path = usePathname()
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <code className="text-sm">{value}</code>
      <CopyButton value={value} kind="quiet" size="sm">
        {t('copyReference')}
      </CopyButton>
      {wrong && !path.startsWith('/desk/') && (
        <Link href={`/help?${new URLSearchParams({ reference: value, from: path })}#write`} prefetch={false} className="text-sm">
          {t('tellHelpdesk')}
        </Link>
      )}
    </span>
  )
}
