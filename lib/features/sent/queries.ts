import { queryOptions } from '@tanstack/react-query'
import type { Recall, RecallPreview, SentDetail, SentMail, SentPage } from './schema.ts'

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

/** `mailbox` as the API names it: `me`, or the reference of an account that staff look at. */
async function read<T>(mailbox: string, path: string, signal: AbortSignal): Promise<Wire<T>> {
  const response = await fetch(`/api/v1/mailboxes/${mailbox}/sent${path}`, { signal })
  if (!response.ok) throw new ReadRefused(response.status)
  return response.json()
}

const toMail = <T extends Wire<SentMail>>({ sentAt, ...rest }: T) => ({ ...rest, sentAt: new Date(sentAt) })
const dateOf = (text: string | null) => (text === null ? null : new Date(text))

const retry = (failures: number, error: Error) => failures < 1 && !(error instanceof ReadRefused && error.status < 500)

/** A page of the list; `query` as it stands in the address. */
export const sentQuery = (mailbox: string, query: Record<string, string>) =>
  queryOptions({
    queryKey: ['sent', 'list', mailbox, query],
    queryFn: async ({ signal }): Promise<SentPage> => {
      const { mails, ...rest } = await read<SentPage>(mailbox, `?${new URLSearchParams(query)}`, signal)
      return { ...rest, mails: mails.map(toMail) }
    },
    retry,
  })

export const oneSentQuery = (mailbox: string, id: string) =>
  queryOptions({
    queryKey: ['sent', 'one', mailbox, id],
    queryFn: async ({ signal }): Promise<SentDetail> => {
      const { recipients, recallableUntil, ...mail } = await read<SentDetail>(mailbox, `/${id}`, signal)
      return {
        ...toMail(mail),
        recipients: recipients.map((recipient) => ({ ...recipient, at: dateOf(recipient.at) })),
        recallableUntil: dateOf(recallableUntil),
      }
    },
    retry,
  })

/** Looked at anew whenever the question is asked. */
export const recallPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['sent', 'preview', id],
    queryFn: ({ signal }): Promise<RecallPreview> => read<RecallPreview>('me', `/${id}/recall-preview`, signal),
    staleTime: 0,
    gcTime: 0,
    retry,
  })

export const recallQuery = (id: string) =>
  queryOptions({
    queryKey: ['sent', 'recall', id],
    queryFn: async ({ signal }): Promise<Recall> => toRecall(await read<Recall>('me', `/${id}/recall`, signal)),
    retry,
  })

const toRecall = ({ createdAt, finishedAt, recipients, ...rest }: Wire<Recall>): Recall => ({
  ...rest,
  createdAt: new Date(createdAt),
  finishedAt: dateOf(finishedAt),
  recipients: recipients.map((recipient) => ({ ...recipient, at: dateOf(recipient.at) })),
})
