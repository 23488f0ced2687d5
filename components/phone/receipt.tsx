'use client'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import type { Flow } from '#lib/features/phone/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Bound } from './bound-number.tsx'

interface Props {
  kind: Flow['kind']
  masked: string
  reference: string
  /** As the page has read it back. */
  bound: Bound | null
}

/** The record is the receipt. */
export function Receipt({ kind, masked, reference, bound }: Props) {
  const t = useTranslations('phone.done')
  const format = useFormat()
  return (
    <Focused>
      <Stamp title={t(kind === 'change' ? 'changed' : 'bound', { masked })} time={bound && format.dayAndTime(bound.boundAt)}>
        {bound?.coolingUntil && <p className="mt-1">{t('told', { until: format.dayAndTime(bound.coolingUntil) })}</p>}
        <p className="mt-1">
          <Reference value={reference} />
        </p>
        {kind === 'bind' && (
          <p className="mt-4">
            <ButtonLink href="/app-passwords" kind="primary">
              {t('next')}
            </ButtonLink>
          </p>
        )}
      </Stamp>
    </Focused>
  )
}
