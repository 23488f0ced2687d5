'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'

const PLACES = [
  { word: 'policy', href: '/desk/settings' },
  { word: 'contacts', href: '/desk/settings/contacts' },
  { word: 'announcements', href: '/desk/settings/announcements' },
  { word: 'roles', href: '/desk/settings/roles' },
  { word: 'tokens', href: '/desk/tokens' },
  { word: 'webhooks', href: '/desk/webhooks' },
  { word: 'dns', href: '/client-setup/dns' },
] as const

/** The pages of the settings. They are opened seldom, so none is fetched ahead. */
export function Places() {
  const t = useTranslations('settings.places')
  const path = usePathname()
  return (
    <nav aria-label={t('label')} className="mb-6 border-line border-b pb-2">
      <div className="-ml-2 flex flex-wrap gap-1">
        {PLACES.map(({ word, href }) => {
          const here = path === href
          return (
            <Link
              key={word}
              href={href}
              prefetch={false}
              aria-current={here ? 'page' : undefined}
              className={`${buttonClass({ kind: 'quiet' })} ${here ? 'bg-accent-tint font-semibold' : ''}`}
            >
              {t(word)}
            </Link>
          )
        })}
      </div>
    </nav>
  )
}
