'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { contactQuery, contactsQuery, groupsQuery, isMissing, isSignedOut } from '#lib/features/contacts/queries.ts'
import type { ContactList, GroupList } from '#lib/features/contacts/schema.ts'
import { type Query, written } from './place.ts'

/** What the server read for the page that was opened. `at`: when, milliseconds since 1970. */
export interface First {
  query: Query
  list: ContactList
  groups: GroupList
  at: number
}

const same = (one: Query, other: Query) => JSON.stringify(written(one)) === JSON.stringify(written(other))

/** The list as far as it was asked for. */
export function useContacts(query: Query, first: First) {
  const read = useInfiniteQuery({
    ...contactsQuery(written(query)),
    ...(same(query, first.query) && { initialData: { pages: [first.list], pageParams: [''] }, initialDataUpdatedAt: first.at }),
    placeholderData: keepPreviousData,
  })
  const pages = read.data?.pages
  return {
    contacts: pages?.flatMap(({ contacts }) => contacts),
    /** Of this search, on all pages. */
    count: pages?.[0]?.count ?? 0,
    more: read.hasNextPage,
    /** Another list is shown until this one is there. */
    turning: read.isPlaceholderData,
    growing: read.isFetchingNextPage,
    grow: () => void read.fetchNextPage(),
    /** Set while the list cannot be read anew. */
    stale: read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null,
    again: () => void read.refetch(),
  }
}

export function useGroups(first?: Pick<First, 'groups' | 'at'>): GroupList | undefined {
  return useQuery({ ...groupsQuery, ...(first && { initialData: first.groups, initialDataUpdatedAt: first.at }) }).data
}

/** One contact, as it is now. */
export function useContact(id: string) {
  const read = useQuery({ ...contactQuery(id), refetchOnWindowFocus: 'always' })
  return {
    contact: read.data,
    missing: isMissing(read.error),
    failed: read.isError && read.data === undefined,
    signedOut: isSignedOut(read.error),
    again: () => void read.refetch(),
  }
}
