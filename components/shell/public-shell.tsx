import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import { Preferences } from './preferences.tsx'
import { SkipLink } from './skip-link.tsx'

interface Props {
  /** What the organisation calls it, and whom to call. */
  site: { name: string; hotline: string }
  children: ReactNode
}

/** For pages without sign-in: top bar, one column, the hotline at the foot. */
export function PublicShell({ site, children }: Props) {
  const t = useTranslations('shell')
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
          <span className="tabular-nums">{t('hotline', { hotline: site.hotline })}</span>
        </footer>
      </div>
    </>
  )
}
