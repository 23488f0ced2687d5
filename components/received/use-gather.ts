'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMailbox } from '#components/ui/on-behalf.tsx'
import { receivedQuery } from '#lib/features/received/queries.ts'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import type { Query } from './place.ts'

/** As many as one call may act on. */
export const MOST = 1_000
const PAGE = 100

/** Reads on, page by page, until all that the filters let through is there. Null when a page cannot be read. */
export function useGather(query: Query) {
  const client = useQueryClient()
  const mailbox = useMailbox()
  const [gathering, setGathering] = useState(false)
  const gather = async (): Promise<ReceivedMail[] | null> => {
    setGathering(true)
    try {
      const found: ReceivedMail[] = []
      for (let before: string | null | undefined; before !== null && found.length < MOST; ) {
        const part: Query & { limit: string } = { ...query, before, after: undefined, limit: String(PAGE) }
        const page = await client.fetchQuery({ ...receivedQuery(mailbox, written(part)), staleTime: 0, gcTime: 0 })
        found.push(...page.mails)
        before = page.older
      }
      return found.slice(0, MOST)
    } catch {
      return null
    } finally {
      setGathering(false)
    }
  }
  return { gathering, gather }
}

const written = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
