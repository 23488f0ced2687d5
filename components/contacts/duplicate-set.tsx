'use client'
import Merge from 'lucide-react/icons/merge'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Card, DuplicateSets } from '#lib/features/contacts/schema.ts'
import { CardFacts } from './card-facts.tsx'

interface Props {
  id: string
  set: DuplicateSets['sets'][number]
  first: boolean
  merging: boolean
  onMerge: () => void
  onSkip: () => void
}

/** Those that seem to be one, side by side or on a phone one under the other, and last what would come of them. */
export function DuplicateSet({ id, set: { contacts, merged }, first, merging, onMerge, onSkip }: Props) {
  const t = useTranslations('contacts.duplicate')
  return (
    <div id={id} tabIndex={-1} className="outline-none">
      <Section first={first} title={<bdi>{merged.name}</bdi>} count={t('count', { count: contacts.length })}>
        <ul className="grid gap-x-8 gap-y-4 py-4 md:grid-cols-2 xl:grid-cols-3">
          {contacts.map((contact, at) => (
            <li key={contact.id} className="min-w-0">
              <One title={t('one', { number: at + 1 })} card={contact} />
            </li>
          ))}
          <li className="min-w-0 border-accent max-md:border-t-2 max-md:pt-3 md:border-l-2 md:pl-4">
            <One title={t('result')} card={merged} />
          </li>
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button busy={merging} busyLabel={t('merging')} onClick={onMerge}>
            <Merge />
            {t('merge', { count: contacts.length })}
            <span className="sr-only"> {merged.name}</span>
          </Button>
          <Button kind="quiet" onClick={onSkip}>
            {t('skip')}
            <span className="sr-only"> {merged.name}</span>
          </Button>
        </div>
      </Section>
    </div>
  )
}

function One({ title, card }: { title: string; card: Card }) {
  const { name, organisation, department, title: post } = card
  const work = [organisation, department, post].filter(Boolean).join(' · ')
  return (
    <>
      <p className="text-ink-3 text-xs">{title}</p>
      <h3 className="[overflow-wrap:anywhere]">
        <bdi>{name}</bdi>
      </h3>
      {work && (
        <p className="text-ink-2 text-sm">
          <bdi>{work}</bdi>
        </p>
      )}
      <div className="mt-1">
        <CardFacts card={card} />
      </div>
    </>
  )
}
