import SearchX from 'lucide-react/icons/search-x'
import { headers } from 'next/headers'
import { buttonClass } from '#components/ui/button.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

/** Within whatever frame the page would have had. */
export async function NoSuchPage() {
  const t = await getTranslations('shell')
  const reference = (await headers()).get('x-request-id')
  return (
    <div className="max-w-100">
      <SearchX className="mb-3 size-6 text-ink-3" />
      <h1 className="mb-2 text-2xl">{t('notFound.title')}</h1>
      <p className="mb-6 text-ink-2">{t('notFound.text')}</p>
      <a className={buttonClass({ kind: 'primary' })} href="/overview">
        {t('notFound.home')}
      </a>
      {reference && <p className="mt-6 text-ink-3 text-xs">{reference}</p>}
    </div>
  )
}
