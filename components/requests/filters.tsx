'use client'
import UserRound from 'lucide-react/icons/user-round'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import type { QueuedRequest } from '#lib/features/requests/schema.ts'
import type { Query } from './place.ts'

export const KIND = 'requests-kind'

const KINDS: QueuedRequest['kind'][] = ['release', 'phone_unbinding', 'recall', 'message']
const STATES: QueuedRequest['state'][] = ['open', 'taken', 'approved', 'refused', 'done']
const HOURS = ['1', '4', '24'] as const

export function Filters({ query, onChange }: { query: Query; onChange: (changes: Query) => void }) {
  const t = useTranslations('requests.filters')
  const choice = (name: 'kind' | 'state' | 'hours', all: string, options: { value: string; label: string }[]) => (
    <Select
      id={name === 'kind' ? KIND : undefined}
      label={t(name)}
      labelHidden
      on={query[name] !== undefined}
      options={[{ value: '', label: all }, ...options]}
      value={query[name] ?? ''}
      onChange={({ target }) => onChange({ [name]: target.value || undefined })}
    />
  )
  const mine = query.mine === 'true'
  return (
    <>
      {choice(
        'kind',
        t('allKinds'),
        KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
      )}
      {choice(
        'state',
        t('waiting'),
        STATES.map((value) => ({ value, label: t(`states.${value}`) })),
      )}
      {choice(
        'hours',
        t('anyAge'),
        HOURS.map((value) => ({ value, label: t('older', { hours: value }) })),
      )}
      <Button kind={mine ? 'chosen' : 'plain'} aria-pressed={mine} onClick={() => onChange({ mine: mine ? undefined : 'true' })}>
        <UserRound />
        {t('mine')}
      </Button>
    </>
  )
}
