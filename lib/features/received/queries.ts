import { queryOptions } from '@tanstack/react-query'
import type { Preview, ReceivedDetail, ReceivedMail, ReceivedPage } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T

export class ReadRefused extends Error {
  readonly status: number
  readonly code: string
  /** Of a preview: what stands in its way. */
  readonly why?: string

  constructor(status: number, code: string, why?: string) {
    super(`refused with ${status}`)
    this.status = status
    this.code = code
    this.why = why
  }
}

export const isSignedOut = (error: Error | null): boolean => error instanceof ReadRefused && error.status === 401

/** `mailbox` as the API names it: `me`, or the reference of an account that staff look at. */
async function read<T>(mailbox: string, path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`/api/v1/mailboxes/${mailbox}/received${path}`, { signal })
  if (response.ok) return response.json()
  const { code = 'unexpected', values } = await response.json().catch(() => ({}))
  throw new ReadRefused(response.status, code, values?.why)
}

function toMail<T extends Wire<ReceivedMail>>({ arrivedAt, held, ...rest }: T) {
  return {
    ...rest,
    arrivedAt: new Date(arrivedAt),
    held: held && { ...held, heldAt: new Date(held.heldAt), expiresAt: new Date(held.expiresAt) },
  }
}

const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof ReadRefused && error.status < 500)

/** A page of the list; `query` as it stands in the address. */
export const receivedQuery = (mailbox: string, query: Record<string, string>) =>
  queryOptions({
    queryKey: ['received', 'list', mailbox, query],
    queryFn: async ({ signal }): Promise<ReceivedPage> => {
      const { mails, expiring, ...rest } = await read<ReceivedPage>(mailbox, `?${new URLSearchParams(query)}`, signal)
      return { ...rest, mails: mails.map(toMail), expiring: expiring.map(toMail) }
    },
    retry,
  })

export const oneReceivedQuery = (mailbox: string, id: string) =>
  queryOptions({
    queryKey: ['received', 'one', mailbox, id],
    queryFn: async ({ signal }): Promise<ReceivedDetail> => {
      const { scan, events, ...mail } = await read<ReceivedDetail>(mailbox, `/${id}`, signal)
      return {
        ...toMail(mail),
        scan: scan && { ...scan, at: new Date(scan.at) },
        events: events.map((event) => ({ ...event, at: new Date(event.at) })),
      }
    },
    retry,
  })

/** Of one's own mail: what somebody else's says nobody reads. */
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['received', 'preview', id],
    queryFn: async ({ signal }): Promise<Preview> => {
      const { date, ...rest } = await read<Preview>('me', `/${id}/preview`, signal)
      return { ...rest, date: date === null ? null : new Date(date) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry,
  })
