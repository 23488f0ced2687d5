import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import type { ErrorCode } from '#lib/platform/errors.ts'

/** Used, too old, or never ours: the same answer to all. */
export function DeadLink({ hotline }: { hotline: string }) {
  const t = useTranslations('link.invalid')
  const errors = useTranslations('errors')
  return (
    <Shut title={t('title')} text={errors('link_invalid')}>
      <p className="mt-2 text-ink-2">{t('held')}</p>
      <p className="mt-2 text-ink-2">{t('phone', { hotline })}</p>
      <p className="mt-6 flex flex-wrap gap-3">
        <a className={buttonClass()} href="/received?result=held">
          {t('toHeld')}
        </a>
        <a className={buttonClass()} href="/phone">
          {t('toPhone')}
        </a>
      </p>
    </Shut>
  )
}

/** The portal could not look whether it is good. */
export function UnreadLink({ code, reference }: { code: ErrorCode; reference: string }) {
  const t = useTranslations('link')
  const errors = useTranslations('errors')
  return (
    <Shut title={t('unavailable.title')} text={errors(code)}>
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
    </Shut>
  )
}

/** What stands where there is nothing to ask. */
export function Shut({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="max-w-100">
      <h1 className="mb-2 text-2xl">{title}</h1>
      <p className="text-ink-2">{text}</p>
      {children}
    </div>
  )
}
