'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { useKeys } from '#components/ui/use-keys.ts'
import { searchAccountsAction } from '#lib/features/helpdesk/actions.ts'
import type { FoundAccounts } from '#lib/features/helpdesk/schema.ts'
import { FoundList, rowId } from './found-list.tsx'

interface Found extends FoundAccounts {
  query: string
}

const FIELD = 'account-search'
/** Kept while the tab is open, so that the way back from an account does not look it up again. Nothing of it stands in an address. */
const KEY = ['helpdesk', 'found']
const LEAST = 2

export function Search() {
  const t = useTranslations('helpdesk.search')
  const client = useQueryClient()
  const [found, setFound] = useState<Found | undefined>(() => client.getQueryData<Found>(KEY))
  const [query, setQuery] = useState(found?.query ?? '')
  const [busy, setBusy] = useState(false)
  const [short, setShort] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const accounts = found?.accounts ?? []

  const focus = (place: number) => document.getElementById(place < 0 ? FIELD : rowId(place))?.focus()
  useKeys({
    step: (row, by) => focus(row === null ? 0 : Number(row) + by),
    select: () => {},
    search: () => focus(-1),
    escape: () => focus(-1),
  })

  const look = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = query.trim()
    setShort(wanted.length < LEAST)
    if (busy || wanted.length < LEAST) return
    setBusy(true)
    const answer = await answerOf(searchAccountsAction({ query: wanted }))
    setBusy(false)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    const now = { query: wanted, ...answer.data }
    client.setQueryData(KEY, now)
    setRefused(undefined)
    setFound(now)
  }
  const down = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || accounts.length === 0) return
    event.preventDefault()
    focus(0)
  }
  return (
    <>
      <form onSubmit={(event) => void look(event)} noValidate className="flex max-w-160 flex-wrap items-start gap-3">
        <div className="w-full md:w-104">
          <SearchField
            id={FIELD}
            label={t('label')}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
            onKeyDown={down}
            maxLength={100}
            autoComplete="off"
            autoFocus
            aria-invalid={short || undefined}
            aria-describedby={`${FIELD}-hint`}
          />
        </div>
        <Button type="submit" kind="primary" busy={busy} busyLabel={t('busy')}>
          {t('button')}
        </Button>
      </form>
      <p id={`${FIELD}-hint`} className="mt-2 text-ink-3 text-xs max-md:hidden">
        {t.rich('keys', { key: (words) => <kbd className="mr-0.5">{words}</kbd> })}
      </p>
      <p role="status" className={short ? 'mt-2 text-sm text-stop' : 'sr-only'}>
        {short ? t('short') : found && !busy && t('found', { count: accounts.length })}
      </p>
      {refused && (
        <div className="mt-4 max-w-160">
          <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />
        </div>
      )}
      {found && !refused && <FoundList query={found.query} accounts={accounts} />}
    </>
  )
}
