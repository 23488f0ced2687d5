import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import type { ErrorCode } from '#lib/platform/errors.ts'

/** Used, too old, or never ours: the same answer to all. */
export function DeadLink({ hotline }: { hotline: string }) {
  const t = useTranslations('link.invalid')
  const errors = useTranslations('errors')
  return (
    <div className="max-w-100">
      <h1 className="mb-2 text-2xl">{t('title')}</h1>
      <p className="text-ink-2">{errors('link_invalid')}</p>
      <p className="mt-2 text-ink-2">{t('next', { hotline })}</p>
      <p className="mt-6">
        <a className={buttonClass()} href="/phone">
          {t('button')}
        </a>
      </p>
    </div>
  )
}

/** The portal could not look whether it is good. */
export function UnreadLink({ code, reference }: { code: ErrorCode; reference: string }) {
  const t = useTranslations('link')
  const errors = useTranslations('errors')
  return (
    <div className="max-w-100">
      <h1 className="mb-2 text-2xl">{t('unavailable.title')}</h1>
      <p className="text-ink-2">{errors(code)}</p>
      <p className="mt-6">
        <a className={buttonClass()} href="?">
          {t('unavailable.retry')}
        </a>
      </p>
      {reference && (
        <p className="mt-4 text-ink-3 text-sm">
          {t('reference')} <code>{reference}</code>
        </p>
      )}
    </div>
  )
}
