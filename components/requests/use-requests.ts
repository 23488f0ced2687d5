'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isSignedOut, oneRequestQuery, ReadRefused, requestsQuery } from '#lib/features/requests/queries.ts'
import type { QueuedRequest, RequestPage } from '#lib/features/requests/schema.ts'
import { addressOf, type Opened, type Query } from './place.ts'

/** What the server read for the page that was opened. `at`: when, milliseconds since 1970. */
export interface First {
  query: Query
  page: RequestPage
  at: number
}

/** Ages grow by the minute. */
const EVERY_MS = 60_000

const same = (one: Query, other: Query) => addressOf({ query: one, open: null }) === addressOf({ query: other, open: null })

/** A page of the queue. */
export function useQueue(query: Query, first: First, watched: boolean) {
  const read = useQuery({
    ...requestsQuery(query),
    ...(same(query, first.query) ? { initialData: first.page, initialDataUpdatedAt: first.at } : {}),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => watched && !isSignedOut(state.error) && EVERY_MS,
  })
  return {
    page: read.data,
    /** When it was read: ages are reckoned from then. */
    asOf: read.isPlaceholderData ? first.at : read.dataUpdatedAt,
    /** Another page is shown until this one is there. */
    turning: read.isPlaceholderData,
    /** Set while the queue cannot be read anew: when it was read last, and whether that is because the session is over. */
    stale: read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null,
    again: () => void read.refetch(),
  }
}

const versionOf = ({ state, takenBy, firstBy, comments }: QueuedRequest) => [state, takenBy?.address, firstBy?.address, comments].join(' ')

/** One request. Each look is written down, so it is read anew only when its row in the queue has changed. */
export function useOneRequest({ id, account }: Opened, listed: QueuedRequest | undefined) {
  const client = useQueryClient()
  const read = useQuery({ ...oneRequestQuery(account, id), refetchOnWindowFocus: false })
  const version = listed ? versionOf(listed) : 'away'
  const known = useRef(version)
  useEffect(() => {
    if (known.current === version) return
    known.current = version
    void client.invalidateQueries({ queryKey: ['requests', 'one', id] })
  }, [client, id, version])
  const { error } = read
  const refused = error instanceof ReadRefused ? error.code : null
  return {
    detail: read.data,
    missing: refused === 'not_found',
    /** Of a colleague: nobody at the desk decides about it. */
    colleague: refused === 'forbidden',
    failed: read.isError && read.data === undefined,
    signedOut: isSignedOut(error),
    again: () => void read.refetch(),
  }
}
