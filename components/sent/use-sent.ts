'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useBehalf, useMailbox } from '#components/ui/on-behalf.tsx'
import { isMissing, isSignedOut, oneSentQuery, recallQuery, sentQuery } from '#lib/features/sent/queries.ts'
import type { Recall, SentPage } from '#lib/features/sent/schema.ts'
import { addressOf, type Query } from './place.ts'

/** What the server read for the page that was opened. `at`: when, milliseconds since 1970. */
export interface First {
  query: Query
  page: SentPage
  at: number
}

const UNDER_WAY_MS = 1_500
const LIST_MS = 30_000

const same = (one: Query, other: Query) => addressOf({ query: one, id: null }) === addressOf({ query: other, id: null })
const isUnderWay = (recall?: Recall) => recall?.state === 'queued' || recall?.state === 'running'

export function useSentPage(query: Query, first: First, watched: boolean) {
  const own = useBehalf() === null
  const read = useQuery({
    ...sentQuery(useMailbox(), query),
    ...(same(query, first.query) ? { initialData: first.page, initialDataUpdatedAt: first.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => own && watched && !isSignedOut(state.error) && LIST_MS,
  })
  return {
    page: read.data,
    /** Another page is shown until this one is there. */
    turning: read.isPlaceholderData,
    signedOut: isSignedOut(read.error),
    again: () => void read.refetch(),
  }
}

/** One mail with its recipients and, where there is one, its recall, watched until that is done. */
export function useOneSent(id: string, watched: boolean) {
  const client = useQueryClient()
  const mailbox = useMailbox()
  const own = useBehalf() === null
  const read = useQuery({ ...oneSentQuery(mailbox, id), refetchOnWindowFocus: own && 'always' })
  const recall = useQuery({
    ...recallQuery(id),
    enabled: own && Boolean(read.data?.recall),
    refetchInterval: ({ state }) => watched && isUnderWay(state.data) && UNDER_WAY_MS,
  })
  const state = recall.data?.state
  useEffect(() => {
    if (state) void client.invalidateQueries({ queryKey: ['sent', 'list'] })
  }, [client, state])
  return {
    detail: read.data,
    recall: recall.data,
    missing: isMissing(read.error),
    failed: read.isError && read.data === undefined,
    signedOut: isSignedOut(read.error),
    again: () => void read.refetch(),
    begun: (begun: Recall) => {
      client.setQueryData(recallQuery(id).queryKey, begun)
      void client.invalidateQueries({ queryKey: oneSentQuery(mailbox, id).queryKey })
    },
  }
}
