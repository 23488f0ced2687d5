'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { SearchField } from '#components/ui/search-field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Result } from '#lib/features/received/schema.ts'
import { Period } from './period.tsx'
import type { Query } from './place.ts'

export const SEARCH = 'received-search'

const RESULTS: Result[] = ['delivered', 'junk', 'held', 'waiting', 'rejected', 'deleted']
const TYPING_MS = 300

interface Props {
  query: Query
  days: number
  onChange: (changes: Query, how?: 'push' | 'replace') => void
}

export function Filters({ query, days, onChange }: Props) {
  const t = useTranslations('received')
  const results = RESULTS.map((value) => ({ value, label: t(`results.${value}`) }))
  return (
    <>
      <Search value={query.search ?? ''} onChange={(search) => onChange({ search }, 'replace')} />
      <Period query={query} days={days} onChange={onChange} />
      <Select
        label={t('results.label')}
        labelHidden
        on={query.result !== undefined}
        options={[{ value: '', label: t('results.all') }, ...results]}
        value={query.result ?? ''}
        onChange={({ target }) => onChange({ result: target.value || undefined })}
      />
    </>
  )
}

/** Looks while somebody types, a moment after the last letter. */
function Search({ value, onChange }: { value: string; onChange: (search: string | undefined) => void }) {
  const t = useTranslations('received')
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  const wanted = text.trim()
  const send = () => {
    setKnown(wanted)
    onChange(wanted || undefined)
  }
  useEffect(() => {
    if (wanted === known) return
    const timer = setTimeout(send, TYPING_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  return (
    <SearchField
      id={SEARCH}
      label={t('search')}
      value={text}
      maxLength={100}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && wanted !== known && send()}
    />
  )
}
