'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { DigestState } from '#lib/features/digest/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { ChoiceForm } from './choice-form.tsx'
import { Example } from './example.tsx'

export function DigestScreen({ initial }: { initial: DigestState }) {
  const t = useTranslations('digest')
  const [state, setState] = useState(initial)
  return (
    <Split aside={<Now state={state} />} asideLabel={t('now.title')}>
      <Section title={t('form.title')} first>
        <ChoiceForm state={state} onSaved={setState} />
      </Section>
      <Section title={t('example.title')}>
        <Example />
      </Section>
    </Split>
  )
}

/** What is saved, and what it means next. */
function Now({ state: { frequency, next, held } }: { state: DigestState }) {
  const t = useTranslations('digest.now')
  const format = useFormat()
  const see = held > 0 && <TextLink href="/received?result=held">{t('see')}</TextLink>
  return (
    <Section title={t('title')} first>
      <Facts narrow>
        <Fact label={t('next')}>
          <span className="tabular-nums">{next ? format.dayAndTime(next) : t(frequency === 'never' ? 'nextNever' : 'nextImmediate')}</span>
        </Fact>
        <Fact label={t('held')} action={see}>
          <span className="tabular-nums">{t('heldCount', { count: held })}</span>
        </Fact>
        <Fact label={t('language')}>{t('languageText')}</Fact>
      </Facts>
    </Section>
  )
}
