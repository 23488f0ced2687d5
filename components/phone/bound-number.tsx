'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Masked } from '#components/ui/masked.tsx'
import { Section } from '#components/ui/section.tsx'
import type { PhoneState } from '#lib/features/phone/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

export type Bound = NonNullable<PhoneState['bound']>

/** What is bound since when, and what the cooling-off after a change stops (T11). */
export function BoundNumber({ bound }: { bound: Bound }) {
  const format = useFormat()
  const t = useTranslations('phone.bound')
  const common = useTranslations('common')
  const until = bound.coolingUntil && format.dayAndTime(bound.coolingUntil)
  return (
    <>
      {until && (
        <div className="mb-6">
          <Banner kind="wait" title={t('coolingTitle')} action={<a href="#not-me">{t('notMe')}</a>}>
            {t('coolingText', { until })}
          </Banner>
        </div>
      )}
      <Section title={t('section')} first>
        <Facts>
          <Fact label={t('number')}>
            <Masked value={bound.masked} note={common('masked')} />
          </Fact>
          <Fact label={t('since')}>
            <span className="tabular-nums">{format.dayAndTime(bound.boundAt)}</span>
          </Fact>
        </Facts>
      </Section>
    </>
  )
}
