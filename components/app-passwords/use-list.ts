'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useBehalf, useMailbox } from '#components/ui/on-behalf.tsx'
import { useInUse } from '#components/ui/use-in-use.ts'
import { appPasswordsQuery, isSignedOut } from '#lib/features/app-passwords/queries.ts'
import type { AppPasswordList } from '#lib/features/app-passwords/schema.ts'

const EVERY = 15_000

/** The list, fresh while the page is seen and used. `loadedAt`: when the server read `initial`. */
export function useAppPasswordList(initial: AppPasswordList, loadedAt: number) {
  const client = useQueryClient()
  const inUse = useInUse()
  const asked = appPasswordsQuery(useMailbox())
  // Each look of staff is written down in the owner's record.
  const own = useBehalf() === null
  const query = useQuery({
    ...asked,
    initialData: initial,
    initialDataUpdatedAt: loadedAt,
    // A page that is opened anew brings its own.
    gcTime: 0,
    refetchInterval: ({ state }) => own && inUse && !isSignedOut(state.error) && EVERY,
  })
  return {
    list: query.data,
    /** Set while the list cannot be read anew: when it was read last, and whether that is because the session is over. */
    stale: query.isError ? { since: new Date(query.dataUpdatedAt), signedOut: isSignedOut(query.error) } : null,
    /** Takes over what an action has just changed, and then reads the whole truth. */
    change: async (update: (list: AppPasswordList) => AppPasswordList) => {
      await client.cancelQueries(asked)
      client.setQueryData(asked.queryKey, (list) => list && update(list))
      void client.invalidateQueries(asked)
    },
  }
}
