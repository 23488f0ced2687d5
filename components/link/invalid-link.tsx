import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import type { ErrorCode } from '#lib/platform/errors.ts'

export interface Refused {
  code: ErrorCode
  reference: string
}

/** Used, too old, or never ours: the same answer to all. Otherwise the portal could not look, and says so. */
export function InvalidLink({ code, reference, hotline }: Refused & { hotline: string }) {
  const t = useTranslations('link')
  const errors = useTranslations('errors')
  const dead = code === 'link_invalid' || code === 'invalid_input'
  return (
    <div className="max-w-100">
      <h1 className="mb-2 text-2xl">{t(dead ? 'invalid.title' : 'unavailable.title')}</h1>
      <p className="text-ink-2">{errors(dead ? 'link_invalid' : code)}</p>
      {dead && <p className="mt-2 text-ink-2">{t('invalid.next', { hotline })}</p>}
      <p className="mt-6">
        <a className={buttonClass()} href={dead ? '/phone' : ''}>
          {t(dead ? 'invalid.button' : 'unavailable.retry')}
        </a>
      </p>
      {!dead && reference && (
        <p className="mt-4 text-ink-3 text-sm">
          {t('reference')} <code>{reference}</code>
        </p>
      )}
    </div>
  )
}
