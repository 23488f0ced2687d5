import { queryOptions } from '@tanstack/react-query'
import type { DeletedCount, DeletedPage, MassDeletion, Restore } from './schema.ts'

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

/** `mailbox` as the API names it: `me`, or the reference of an account that staff look at. */
async function read<T>(mailbox: string, path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`/api/v1/mailboxes/${mailbox}/${path}`, { signal })
  if (response.ok) return response.json()
  throw new ReadRefused(response.status)
}

const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof ReadRefused && error.status < 500)
const instant = (text: string | null) => (text === null ? null : new Date(text))

const toMass = ({ at, from, to, until, ...rest }: Wire<MassDeletion>): MassDeletion => ({
  ...rest,
  ...{ at: new Date(at), from: new Date(from), to: new Date(to), until: new Date(until) },
})

/** A page of the list; `query` as it stands in the address. */
export const deletedQuery = (mailbox: string, query: Record<string, string>) =>
  queryOptions({
    queryKey: ['restore', 'list', mailbox, query],
    queryFn: async ({ signal }): Promise<DeletedPage> => {
      const { mails, mass, ...rest } = await read<DeletedPage>(mailbox, `deleted?${new URLSearchParams(query)}`, signal)
      return {
        ...rest,
        mails: mails.map((mail) => ({ ...mail, deletedAt: new Date(mail.deletedAt) })),
        mass: mass && toMass(mass),
      }
    },
    retry,
  })

export const countQuery = (mailbox: string, query: Record<string, string>) =>
  queryOptions({
    queryKey: ['restore', 'count', mailbox, query],
    queryFn: ({ signal }): Promise<DeletedCount> => read<DeletedCount>(mailbox, `deleted/count?${new URLSearchParams(query)}`, signal),
    retry,
  })

export const restoreQuery = (mailbox: string, id: string) =>
  queryOptions({
    queryKey: ['restore', 'one', mailbox, id],
    queryFn: async ({ signal }): Promise<Restore> => {
      const { startedAt, finishedAt, ...rest } = await read<Restore>(mailbox, `restores/${id}`, signal)
      return { ...rest, startedAt: instant(startedAt), finishedAt: instant(finishedAt) }
    },
    retry,
  })
