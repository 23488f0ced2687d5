import { queryOptions } from '@tanstack/react-query'
import type { QueuedRequest, RequestCount, RequestDetail, RequestPage } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T

export class ReadRefused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(`refused with ${status}`)
    this.status = status
    this.code = code
  }
}

export const isSignedOut = (error: Error | null): boolean => error instanceof ReadRefused && error.status === 401

async function read<T>(path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`/api/v1${path}`, { signal })
  if (response.ok) return response.json()
  const { code = 'unexpected' } = await response.json().catch(() => ({}))
  throw new ReadRefused(response.status, code)
}

const toRequest = <T extends Wire<QueuedRequest>>({ createdAt, decidedAt, ...rest }: T) => ({
  ...rest,
  createdAt: new Date(createdAt),
  decidedAt: decidedAt === null ? null : new Date(decidedAt),
})

const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof ReadRefused && error.status < 500)

/** A page of the queue; `query` as it stands in the address. */
export const requestsQuery = (query: Record<string, string>) =>
  queryOptions({
    queryKey: ['requests', 'list', query],
    queryFn: async ({ signal }): Promise<RequestPage> => {
      const { requests, ...rest } = await read<RequestPage>(`/requests?${new URLSearchParams(query)}`, signal)
      return { ...rest, requests: requests.map(toRequest) }
    },
    retry,
  })

/** How many nobody has taken; told anew whenever the list is. */
export const openRequestsQuery = queryOptions({
  queryKey: ['requests', 'list', 'open'],
  queryFn: async ({ signal }): Promise<number> => (await read<RequestCount>('/requests/count', signal)).open,
  retry,
})

/** `account` names whose it is; every answer names it anew, so that the id alone is the key. */
export const oneRequestQuery = (account: string, id: string) =>
  queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: async ({ signal }): Promise<RequestDetail> => {
      const { mails, written, ...request } = await read<RequestDetail>(`/accounts/${account}/requests/${id}`, signal)
      return {
        ...toRequest(request),
        mails: mails.map(({ heldAt, ...mail }) => ({ ...mail, heldAt: new Date(heldAt) })),
        written: written.map(({ at, ...rest }) => ({ ...rest, at: new Date(at) })),
      }
    },
    retry,
  })
