'use client'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Refused } from './answer.ts'
import { FormError } from './form-error.tsx'

interface Props {
  /** What was not done. */
  title: string
  refusal: Refused
  /** Instead of the sentence of the code. */
  children?: ReactNode
}

/** What was not done, why, and what next. Render it anew (`key`) for each refusal: it takes the focus. */
export function Refusal({ title, refusal: { code, reference, values }, children }: Props) {
  const t = useTranslations()
  const path = usePathname()
  const unknown = code === 'no_answer'
  const signedOut = code === 'unauthenticated' || code === 'session_expired'
  return (
    <FormError title={unknown ? t('common.refusal.noAnswer') : title} reference={reference || undefined}>
      {children || (unknown ? t('common.refusal.noAnswerText') : t(`errors.${code}`, values))}
      {signedOut && (
        <>
          {' '}
          <a href={`/sign-in?return=${encodeURIComponent(path)}`}>{t('common.refusal.signIn')}</a>
        </>
      )}
    </FormError>
  )
}
