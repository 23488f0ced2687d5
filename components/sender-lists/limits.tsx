'use client'
import { useTranslations } from 'next-intl'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section } from '#components/ui/section.tsx'

const WHAT = ['malware', 'forged', 'notices', 'own'] as const

/** What a list cannot override (T27). */
export function Limits() {
  const t = useTranslations('sender-lists.limits')
  return (
    <Section title={t('title')}>
      <Facts narrow>
        {WHAT.map((what) => (
          <Fact key={what} label={t(`${what}.what`)}>
            {t(`${what}.why`)}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
