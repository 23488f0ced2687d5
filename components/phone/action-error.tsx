'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { FormError } from '#components/ui/form-error.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { spanOf } from '#lib/platform/i18n/span.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Failure } from './outcome.ts'

interface Props {
  /** What was not done. */
  title: ReactNode
  failure: Failure
}

/** What became of it and what next, above the form. */
export function ActionError({ title, failure }: Props) {
  const t = useTranslations('phone.failed')
  const common = useTranslations('common')
  const { code, retryAfter, reference } = failure
  return (
    <FormError title={code === 'no_answer' ? t('noAnswer') : title} reference={reference}>
      <p>
        <Sentence failure={failure} />
      </p>
      {retryAfter !== undefined && <p>{common('wait', spanOf(retryAfter))}</p>}
      {code === 'no_answer' && (
        <p>
          <a href="/phone">{t('reload')}</a>
        </p>
      )}
      {(code === 'unauthenticated' || code === 'session_expired') && (
        <p>
          <TextLink href="/sign-in?return=/phone">{t('signIn')}</TextLink>
        </p>
      )}
    </FormError>
  )
}

function Sentence({ failure: { code, values } }: Pick<Props, 'failure'>) {
  const t = useTranslations('phone.failed')
  const errors = useTranslations('errors')
  const format = useFormat()
  if (code === 'no_answer') return t('noAnswerText')
  if (code === 'guessed') return t(code)
  if (code === 'phone_cooling_off' && values?.until) return t('cooling', { until: format.dayAndTime(new Date(values.until)) })
  return errors(code, values)
}
