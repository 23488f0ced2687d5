import type { useTranslations } from 'next-intl'
import type { Act, Done } from './use-acts.ts'

export type Words = ReturnType<typeof useTranslations<'received'>>

export interface Told {
  /** What was done; null when nothing was. */
  done: string | null
  /** What became of the others, and of the senders: to be read, not to flash by. */
  rest: string[]
}

/** Nobody was put on a list. */
const WITHOUT_LIST: Partial<Record<Act, Act>> = { allow: 'release', block: 'delete' }

/** What became of everything that was chosen, in sentences. */
export function tell(t: Words, { act, ids, askHelpdesk, missed, listed, notListed }: Done): Told {
  const rest: string[] = []
  if (askHelpdesk.length > 0) rest.push(t('told.askHelpdesk', { count: askHelpdesk.length }))
  if (missed.length > 0) rest.push(t('told.missed', { count: missed.length }))
  if (notListed.length > 0) rest.push(t('told.notListed', { count: notListed.length, sender: notListed[0] ?? '' }))
  if (ids.length === 0) return { done: null, rest }
  const [sender = ''] = listed
  const said = sender ? act : (WITHOUT_LIST[act] ?? act)
  return { done: t(`done.${said}`, { count: ids.length, senders: listed.length, sender }), rest }
}
