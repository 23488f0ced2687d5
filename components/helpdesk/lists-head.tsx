'use client'
import BadgeCheck from 'lucide-react/icons/badge-check'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import type { Call } from '#components/ui/call.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const LISTS = ['received', 'restore', 'sent', 'app-passwords', 'sso', 'activity'] as const

/** Whose mailbox it is, the way back to the account, and its lists. Nothing is fetched ahead: each look is written down. */
export function ListsHead({ account, call: { name, address, verifiedAt } }: { account: string; call: Call }) {
  const t = useTranslations('on-behalf')
  const format = useFormat()
  const path = usePathname()
  const page = `/desk/helpdesk/${account}`
  return (
    <div className="mb-6">
      <p className="flex flex-wrap items-center gap-x-2 text-ink-3 text-sm">
        <Link href="/desk/helpdesk" prefetch={false}>
          {t('crumb')}
        </Link>
        <ChevronRight />
        <Link href={page} prefetch={false}>
          <bdi>{name}</bdi>
        </Link>
        <bdi className="text-ink-2">{address}</bdi>
        {verifiedAt && (
          <span className="inline-flex items-center gap-1.5">
            <BadgeCheck />
            {t('verified', { time: format.time(verifiedAt) })}
          </span>
        )}
      </p>
      <nav aria-label={t('title')} className="mt-3 flex flex-wrap gap-2">
        {LISTS.map((list) => {
          const here = path === `${page}/${list}`
          return (
            <Link
              key={list}
              href={`${page}/${list}`}
              prefetch={false}
              aria-current={here ? 'page' : undefined}
              className={buttonClass({ kind: here ? 'chosen' : 'plain', size: 'sm' })}
            >
              {t(`lists.${list}`)}
            </Link>
          )
        })}
      </nav>
    </div>
  )
}
