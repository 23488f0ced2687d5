import type { Metadata } from 'next'
import { buttonClass } from '#components/ui/button.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sso'))('signedOut.title') }
}

export default async function SignedOutPage() {
  const t = await getTranslations('sso')
  return (
    <div className="max-w-100">
      <h1 className="mb-2 text-2xl">{t('signedOut.title')}</h1>
      <p className="mb-6 text-ink-2">{t('signedOut.text')}</p>
      <a className={buttonClass({ kind: 'primary' })} href="/sign-in">
        {t('signedOut.button')}
      </a>
    </div>
  )
}
