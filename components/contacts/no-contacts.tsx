'use client'
import ContactRound from 'lucide-react/icons/contact-round'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { Query } from './place.ts'
import { usePlace } from './use-place.ts'

interface Props {
  query: Query
  /** There is neither a contact nor a group. */
  empty: boolean
  onClear: () => void
}

/** Nobody is there yet, nobody in this group, or nobody fits the search. */
export function NoContacts({ query, empty, onClear }: Props) {
  const t = useTranslations('contacts')
  const { go } = usePlace()
  if (query.text) {
    return (
      <Empty icon={<SearchX />} title={t('noMatch.title')} action={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}>
        {t('noMatch.text', { text: query.text })}
      </Empty>
    )
  }
  const steps = (
    <div className="flex flex-wrap gap-2">
      <ButtonLink href="/contacts/import" kind="primary">
        {t('empty.import')}
      </ButtonLink>
      <Button onClick={() => go({ id: null, editing: true })}>{t('add')}</Button>
    </div>
  )
  if (empty) {
    return (
      <Empty icon={<ContactRound />} title={t('empty.title')} action={steps}>
        {t('empty.text')}
      </Empty>
    )
  }
  return (
    <Empty icon={<ContactRound />} title={t('emptyGroup.title')} action={<Button onClick={onClear}>{t('emptyGroup.all')}</Button>}>
      {t('emptyGroup.text')}
    </Empty>
  )
}
