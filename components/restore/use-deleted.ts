'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useBehalf, useMailbox } from '#components/ui/on-behalf.tsx'
import { countQuery, deletedQuery, isSignedOut, restoreQuery } from '#lib/features/restore/queries.ts'
import type { DeletedPage, Restore } from '#lib/features/restore/schema.ts'
import { filtersOf, type Query, written } from './place.ts'

/** What the server read for the page that was opened. `at`: when, milliseconds since 1970. */
export interface First {
  query: Query
  page: DeletedPage
  at: number
}

const PROGRESS_MS = 1_000
/** Each look of staff is written down in the owner's record. */
const PROGRESS_FOR_STAFF_MS = 5_000

const same = (one: Query, other: Query) => JSON.stringify(written(one)) === JSON.stringify(written(other))

/** A page of the list. */
export function useDeletedPage(query: Query, first: First) {
  const own = useBehalf() === null
  const read = useQuery({
    ...deletedQuery(useMailbox(), written(query)),
    ...(same(query, first.query) ? { initialData: first.page, initialDataUpdatedAt: first.at } : {}),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: own && 'always',
  })
  return {
    page: read.data,
    /** Another page is shown until this one is there. */
    turning: read.isPlaceholderData,
    /** Set while the list cannot be read anew. */
    stale: read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null,
    again: () => void read.refetch(),
  }
}

/** What a whole search is; only asked for once something is chosen. */
export function useCount(query: Query, wanted: boolean) {
  return useQuery({ ...countQuery(useMailbox(), written(filtersOf(query))), enabled: wanted }).data
}

export const isOpen = ({ state }: Pick<Restore, 'state'>): boolean => state === 'queued' || state === 'running'

/** One restore, every second while it runs and somebody sees it. */
export function useRestore(id: string, first: Restore | null, watched: boolean) {
  const own = useBehalf() === null
  const every = own ? PROGRESS_MS : PROGRESS_FOR_STAFF_MS
  const read = useQuery({
    ...restoreQuery(useMailbox(), id),
    ...(first?.id === id ? { initialData: first } : {}),
    refetchOnWindowFocus: own && 'always',
    refetchInterval: ({ state }) => watched && (state.data === undefined || isOpen(state.data)) && every,
  })
  return {
    restore: read.data,
    failed: read.isError,
    signedOut: isSignedOut(read.error),
    again: () => void read.refetch(),
  }
}
