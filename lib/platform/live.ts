import type { Database } from '#db/client.ts'

type Listener = () => void

/** Listens on a channel of the database for what is said of one subject. One connection a process, however many listen. */
function onChannel(channel: string) {
  const listeners = new Map<string, Set<Listener>>()
  let listening: Promise<unknown> | undefined
  const tell = (subjects: Iterable<Set<Listener>>) => {
    for (const of of subjects) for (const each of of) each()
  }
  return async ({ $client }: Database, subject: string, listener: Listener): Promise<() => void> => {
    // After a break something may have been said that nobody heard.
    listening ??= $client.listen(
      channel,
      (changed) => tell([listeners.get(changed) ?? new Set()]),
      () => tell(listeners.values()),
    )
    await listening.catch((error) => {
      listening = undefined
      throw error
    })
    const of = listeners.get(subject) ?? new Set()
    listeners.set(subject, of.add(listener))
    return () => {
      of.delete(listener)
      if (of.size === 0) listeners.delete(subject)
    }
  }
}

/** Calls back whenever something of this mailbox's mail has changed, as the mail core says. Returns the end. */
export const onMailChange = onChannel('posthouse_mail')

const onSettings = onChannel('posthouse_settings')
/** Calls back whenever the site has set something. Returns the end. */
export const onSettingsChange = (db: Database, listener: Listener): Promise<() => void> => onSettings(db, '', listener)

const onDesk = onChannel('posthouse_desk')
/** Calls back whenever the queue of the helpdesk has changed. Returns the end. */
export const onDeskChange = (db: Database, listener: Listener): Promise<() => void> => onDesk(db, '', listener)
