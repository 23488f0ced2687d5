import { queryOptions } from '@tanstack/react-query'
import type { AppPassword, AppPasswordList } from './schema.ts'

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

function toItem({ createdAt, expiresAt, lastUsed, ...rest }: Wire<AppPassword>): AppPassword {
  return {
    ...rest,
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
    lastUsed: lastUsed && { ...lastUsed, at: new Date(lastUsed.at) },
  }
}

function toList({ phone, items, ...rest }: Wire<AppPasswordList>): AppPasswordList {
  return {
    ...rest,
    phone: phone && { ...phone, coolingUntil: phone.coolingUntil === null ? null : new Date(phone.coolingUntil) },
    items: items.map(toItem),
  }
}

/** The list as the API gives it; of a secret it knows nothing. `mailbox`: `me`, or the reference of an account that staff look at. */
export const appPasswordsQuery = (mailbox: string) =>
  queryOptions({
    queryKey: ['app-passwords', mailbox],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/v1/mailboxes/${mailbox}/app-passwords`, { signal })
      if (!response.ok) throw new ReadRefused(response.status)
      return toList(await response.json())
    },
    retry: (failures, error) => failures < 1 && !isSignedOut(error),
  })
