'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useBehalf, useMailbox } from '#components/ui/on-behalf.tsx'
import { isSignedOut, oneReceivedQuery, ReadRefused, receivedQuery } from '#lib/features/received/queries.ts'
import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'
import { addressOf, isFirstPage, type Query } from './place.ts'

/** What the server read for the page that was opened. `at`: when, milliseconds since 1970. */
export interface First {
  query: Query
  page: ReceivedPage
  at: number
}

const RELEASING_MS = 3_000
/** Each look of staff is written down in the owner's record. */
const RELEASING_FOR_STAFF_MS = 15_000

const isReleasing = (mail: ReceivedMail) => mail.held?.state === 'releasing'
const same = (one: Query, other: Query) => addressOf({ query: one, id: null }) === addressOf({ query: other, id: null })

/** A page of the list. `watched`: somebody sees it, so that what is under way is asked after. */
export function useReceivedPage(query: Query, first: First, watched: boolean) {
  const looking = useLooking()
  const read = useQuery({
    ...receivedQuery(useMailbox(), query),
    ...(same(query, first.query) ? { initialData: first.page, initialDataUpdatedAt: first.at } : {}),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: looking.focus,
    refetchInterval: ({ state }) => watched && Boolean(state.data?.mails.some(isReleasing)) && looking.every,
  })
  return {
    page: read.data,
    /** Another page is shown until this one is there. */
    turning: read.isPlaceholderData,
    /** Set while the list cannot be read anew: when it was read last, and whether that is because the session is over. */
    stale: read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null,
    again: () => void read.refetch(),
  }
}

const useLooking = () => (useBehalf() ? { focus: false, every: RELEASING_FOR_STAFF_MS } : { focus: 'always' as const, every: RELEASING_MS })

/** One mail with its story. */
export function useOneReceived(id: string, watched: boolean) {
  const looking = useLooking()
  const read = useQuery({
    ...oneReceivedQuery(useMailbox(), id),
    refetchOnWindowFocus: looking.focus,
    refetchInterval: ({ state }) => watched && state.data !== undefined && isReleasing(state.data) && looking.every,
  })
  return {
    detail: read.data,
    missing: read.error instanceof ReadRefused && read.error.status === 404,
    failed: read.isError && read.data === undefined,
    signedOut: isSignedOut(read.error),
    again: () => void read.refetch(),
  }
}

/** On an older page: whether something came since it was opened. There it would be seen on the first page only. */
export function useNews(query: Query): boolean {
  const { data } = useQuery({ ...receivedQuery('me', { limit: '1' }), enabled: !isFirstPage(query) })
  const newest = data?.mails[0]?.id
  const [known, setKnown] = useState(newest)
  if (known === undefined && newest !== undefined) setKnown(newest)
  return !isFirstPage(query) && known !== newest
}
