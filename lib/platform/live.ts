import type { Database } from '#db/client.ts'

type Listener = () => void

/** The channel on which the mail core says whose mail has changed. */
const CHANNEL = 'posthouse_mail'

const listeners = new Map<string, Set<Listener>>()
let listening: Promise<unknown> | undefined

/** Calls back whenever something of this mailbox's mail has changed. One connection a process, however many listen. Returns the end. */
export async function onMailChange({ $client }: Database, mailbox: string, listener: Listener): Promise<() => void> {
  const tell = (mailboxes: Iterable<Set<Listener>>) => {
    for (const of of mailboxes) for (const each of of) each()
  }
  // After a break something may have been said that nobody heard.
  listening ??= $client.listen(
    CHANNEL,
    (changed) => tell([listeners.get(changed) ?? new Set()]),
    () => tell(listeners.values()),
  )
  await listening.catch((error) => {
    listening = undefined
    throw error
  })
  const of = listeners.get(mailbox) ?? new Set()
  listeners.set(mailbox, of.add(listener))
  return () => {
    of.delete(listener)
    if (of.size === 0) listeners.delete(mailbox)
  }
}
