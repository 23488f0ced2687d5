'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { senderListsQuery } from '#lib/features/sender-lists/queries.ts'
import type { SenderList } from '#lib/features/sender-lists/schema.ts'

/** The lists, read anew after each change and whenever the page is looked at again. `loadedAt`: when the server read `initial`. */
export function useSenderLists(initial: SenderList, loadedAt: number) {
  const client = useQueryClient()
  const { data } = useQuery({
    ...senderListsQuery,
    initialData: initial,
    initialDataUpdatedAt: loadedAt,
    // A page that is opened anew brings its own.
    gcTime: 0,
  })
  return { lists: data, refresh: () => client.invalidateQueries(senderListsQuery) }
}
