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

async function read<T>(path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`/api/v1/mailboxes/me/received${path}`, { signal })
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
export const receivedQuery = (query: Record<string, string>) =>
  queryOptions({
    queryKey: ['received', 'list', query],
    queryFn: async ({ signal }): Promise<ReceivedPage> => {
      const { mails, expiring, ...rest } = await read<ReceivedPage>(`?${new URLSearchParams(query)}`, signal)
      return { ...rest, mails: mails.map(toMail), expiring: expiring.map(toMail) }
    },
    retry,
  })

export const oneReceivedQuery = (id: string) =>
  queryOptions({
    queryKey: ['received', 'one', id],
    queryFn: async ({ signal }): Promise<ReceivedDetail> => {
      const { scan, events, ...mail } = await read<ReceivedDetail>(`/${id}`, signal)
      return {
        ...toMail(mail),
        scan: scan && { ...scan, at: new Date(scan.at) },
        events: events.map((event) => ({ ...event, at: new Date(event.at) })),
      }
    },
    retry,
  })

export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['received', 'preview', id],
    queryFn: async ({ signal }): Promise<Preview> => {
      const { date, ...rest } = await read<Preview>(`/${id}/preview`, signal)
      return { ...rest, date: date === null ? null : new Date(date) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry,
  })
