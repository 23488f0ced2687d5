import SearchX from 'lucide-react/icons/search-x'
import { headers } from 'next/headers'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export default async function NotFound() {
  const t = await getTranslations('shell')
  const reference = (await headers()).get('x-request-id')
  return (
    <PublicShell site={await getSite()}>
      <div className="max-w-100">
        <SearchX className="mb-3 size-6 text-ink-3" />
        <h1 className="mb-2 text-2xl">{t('notFound.title')}</h1>
        <p className="mb-6 text-ink-2">{t('notFound.text')}</p>
        <a className={buttonClass({ kind: 'primary' })} href="/overview">
          {t('notFound.home')}
        </a>
        {reference && <p className="mt-6 text-ink-3 text-xs">{reference}</p>}
      </div>
    </PublicShell>
  )
}
