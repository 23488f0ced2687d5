import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import type { ErrorCode } from '#lib/platform/errors.ts'

/** The portal could not look how far the reset is. */
export function ResetNotOpened({ code, reference }: { code: ErrorCode; reference: string }) {
  const t = useTranslations('reset')
  const errors = useTranslations('errors')
  return (
    <>
      <h1 className="mb-2 text-2xl">{t('notOpened.title')}</h1>
      <p className="text-ink-2">{errors(code)}</p>
      <p className="mt-6">
        <a className={buttonClass()} href="?">
          {t('notOpened.retry')}
        </a>
      </p>
      {reference && (
        <p className="mt-4 text-ink-3 text-sm">
          {t('reference')} <code>{reference}</code>
        </p>
      )}
    </>
  )
}

/** Too many wrong codes: there is no way on but to begin again. */
export function Exhausted() {
  const t = useTranslations('reset.failed')
  return (
    <div role="alert">
      <h1 className="mb-2 text-2xl">{t('exhaustedTitle')}</h1>
      <p className="text-ink-2">{t('exhausted')}</p>
      <p className="mt-6">
        <a className={buttonClass({ kind: 'primary' })} href="/reset">
          {t('again')}
        </a>
      </p>
    </div>
  )
}
