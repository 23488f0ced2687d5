import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SiteWords } from '#lib/platform/i18n/server.ts'
import { Brand } from './brand.tsx'
import { Preferences } from './preferences.tsx'
import { SkipLink } from './skip-link.tsx'

interface Props {
  site: SiteWords
  children: ReactNode
}

/** For pages without sign-in: top bar, one column, whom to ask at the foot. */
export function PublicShell({ site, children }: Props) {
  const t = useTranslations('shell')
  const { hotline, hours } = site.contacts
  return (
    <>
      <SkipLink />
      <div className="ui-public">
        <header className="ui-top">
          <Brand href="/" site={site.name} sealClass="size-6.5" />
          <Preferences />
        </header>
        <main id="main" tabIndex={-1} className="ui-main outline-none">
          {children}
        </main>
        <footer className="ui-foot">
          {hotline && <span className="tabular-nums">{t('hotline', { hotline })}</span>}
          {hours && <span className="tabular-nums">{hours}</span>}
          <a href="/help">{t('help')}</a>
        </footer>
      </div>
    </>
  )
}
