import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Result } from '#lib/platform/operation.ts'
import type { Contact, ContactList, DuplicateSets, GroupList, ImportList, ImportReport } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T

export class ReadRefused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`refused with ${status}`)
    this.status = status
  }
}

export const isSignedOut = (error: Error | null): boolean => error instanceof ReadRefused && error.status === 401
export const isMissing = (error: Error | null): boolean => error instanceof ReadRefused && error.status === 404

const OWN = '/api/v1/mailboxes/me'

async function read<T>(path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`${OWN}/${path}`, { signal })
  if (response.ok) return response.json()
  throw new ReadRefused(response.status)
}

const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof ReadRefused && error.status < 500)
const instant = (text: string | null) => (text === null ? null : new Date(text))

/** The list page by page; `filters` as they stand in the address. */
export const contactsQuery = (filters: Record<string, string>) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', filters],
    queryFn: ({ signal, pageParam }): Promise<ContactList> =>
      read<ContactList>(`contacts?${new URLSearchParams({ ...filters, ...(pageParam && { after: pageParam }) })}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    retry,
  })

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'one', id],
    queryFn: ({ signal }): Promise<Contact> => read<Contact>(`contacts/${encodeURIComponent(id)}`, signal),
    retry,
  })

export const groupsQuery = queryOptions({
  queryKey: ['contacts', 'groups'],
  queryFn: ({ signal }): Promise<GroupList> => read<GroupList>('contact-groups', signal),
  retry,
})

export const duplicatesQuery = queryOptions({
  queryKey: ['contacts', 'duplicates'],
  queryFn: ({ signal }): Promise<DuplicateSets> => read<DuplicateSets>('contact-duplicates', signal),
  retry,
})

function toReport({ startedAt, finishedAt, undoUntil, ...rest }: Wire<ImportReport>): ImportReport {
  return { ...rest, startedAt: new Date(startedAt), finishedAt: instant(finishedAt), undoUntil: instant(undoUntil) }
}

export const importsQuery = queryOptions({
  queryKey: ['contacts', 'imports'],
  queryFn: async ({ signal }): Promise<ImportReport[]> => (await read<ImportList>('contact-imports', signal)).imports.map(toReport),
  retry,
})

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'import', id],
    queryFn: async ({ signal }): Promise<ImportReport> => toReport(await read<ImportReport>(`contact-imports/${id}`, signal)),
    retry,
  })

/** A file to be looked at and imported. Not by a server action: they wait for each other, and their bodies are small. */
export async function uploadContactFile(input: { name: string; content: string }): Promise<Result<{ file: string }>> {
  const response = await fetch(`${OWN}/contact-files`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const answer = await response.json()
  if (response.ok) return { ok: true, data: answer, reference: response.headers.get('x-reference') ?? '' }
  return { ok: false, code: answer.code, reference: answer.reference ?? '', values: answer.values, fields: answer.fields }
}
