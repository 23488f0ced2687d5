'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import {
  deleteReceivedAction,
  moveToInboxAction,
  releaseReceivedAction,
  requestReleaseAction,
  undeleteReceivedAction,
} from '#lib/features/received/actions.ts'
import type { ReceivedDetail, ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'

export type Act = 'release' | 'allow' | 'delete' | 'block' | 'ask' | 'undelete' | 'move'

/** What became of each mail, and which senders are on a list now. */
export interface Done {
  act: Act
  ids: string[]
  askHelpdesk: string[]
  missed: string[]
  listed: string[]
  notListed: string[]
}

async function performAct(act: Act, ids: string[], reason: string, key: string): Promise<({ ok: true } & Done) | Refused> {
  const done = { ok: true as const, act, ids, askHelpdesk: [], missed: [], listed: [], notListed: [] }
  if (act === 'release' || act === 'allow') {
    const answer = await answerOf(releaseReceivedAction({ ids, allow: act === 'allow' }, key))
    return answer.ok ? { ...done, ...answer.data, listed: answer.data.allowed, notListed: answer.data.notAllowed } : answer
  }
  if (act === 'delete' || act === 'block') {
    const answer = await answerOf(deleteReceivedAction({ ids, block: act === 'block' }, key))
    return answer.ok ? { ...done, ...answer.data, listed: answer.data.blocked, notListed: answer.data.notBlocked } : answer
  }
  if (act === 'move') {
    const answer = await answerOf(moveToInboxAction({ id: ids[0] }, key))
    return answer.ok ? done : answer
  }
  const answer = await answerOf(act === 'ask' ? requestReleaseAction({ ids, reason }, key) : undeleteReceivedAction({ ids }, key))
  return answer.ok ? { ...done, ...answer.data } : answer
}

const NOTHING = { release: false, request: false, delete: false, undelete: false, moveToInbox: false }

const STATES: Partial<Record<Act, 'releasing' | 'deleted' | 'requested'>> = {
  release: 'releasing',
  allow: 'releasing',
  delete: 'deleted',
  block: 'deleted',
  ask: 'requested',
}

/** How a mail looks once the server has taken the act; undeleting is left to the next read. */
function changedBy<T extends ReceivedMail>(act: Act, mail: T): T {
  const state = STATES[act]
  if (act === 'move') return { ...mail, outcome: 'delivered', folder: 'INBOX', may: NOTHING }
  if (!state || !mail.held) return mail
  const may = { ...NOTHING, delete: state === 'requested', undelete: state === 'deleted' }
  return { ...mail, outcome: state === 'requested' ? mail.outcome : state, held: { ...mail.held, state }, may }
}

async function takeOver(client: QueryClient, { act, ids }: Done): Promise<void> {
  const change = <T extends ReceivedMail>(mail: T) => (ids.includes(mail.id) ? changedBy(act, mail) : mail)
  const [list, one] = [{ queryKey: ['received', 'list'] }, { queryKey: ['received', 'one'] }]
  await Promise.all([client.cancelQueries(list), client.cancelQueries(one)])
  client.setQueriesData<ReceivedPage>(
    list,
    (page) => page && { ...page, mails: page.mails.map(change), expiring: page.expiring.map(change) },
  )
  client.setQueriesData<ReceivedDetail>(one, (mail) => mail && change(mail))
  void client.invalidateQueries(list)
  void client.invalidateQueries(one)
}

/** Does one thing at a time, once however often it is pressed, and shows it when the server has said so. */
export function useActs(onDone: (done: Done) => void) {
  const client = useQueryClient()
  const behalf = useBehalf()
  const [busy, setBusy] = useState<Act>()
  const [refused, setRefused] = useState<{ act: Act; answer: Refused; attempt: number }>()
  // Kept while the outcome is unknown: asked again, the same thing is not done twice.
  const last = useRef({ what: '', key: '' })
  const settle = async (done: Done) => {
    setRefused(undefined)
    await takeOver(client, done)
    onDone(done)
    return true
  }
  /** All that staff do with somebody's mail. */
  const release = async ({ account: mailbox, perform }: NonNullable<typeof behalf>, ids: string[]): Promise<boolean> => {
    const released = await perform('received.release', { count: ids.length }, (warrant, key) =>
      releaseReceivedAction({ mailbox, ids }, key, warrant),
    )
    return released !== null && settle({ act: 'release', ...released, listed: [], notListed: [] })
  }
  const act = async (what: Act, ids: string[], reason = ''): Promise<boolean> => {
    if (busy) return false
    if (behalf) return release(behalf, ids)
    setBusy(what)
    const same = `${what} ${ids}`
    if (last.current.what !== same) last.current = { what: same, key: crypto.randomUUID() }
    const answer = await performAct(what, ids, reason, last.current.key)
    setBusy(undefined)
    if (answer.ok || answer.code !== 'no_answer') last.current = { what: '', key: '' }
    if (!answer.ok) {
      setRefused((before) => ({ act: what, answer, attempt: (before?.attempt ?? 0) + 1 }))
      void client.invalidateQueries({ queryKey: ['received', 'list'] })
      void client.invalidateQueries({ queryKey: ['received', 'one'] })
      return false
    }
    return settle(answer)
  }
  return { act, busy, refused }
}

export type Acts = ReturnType<typeof useActs>
