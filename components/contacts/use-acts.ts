'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { toast } from '#components/ui/toast.tsx'
import { groupContactsAction, putBackContactsAction, removeContactsAction } from '#lib/features/contacts/actions.ts'
import type { Contact } from '#lib/features/contacts/schema.ts'
import { inParts } from './in-parts.ts'

export type Act = 'remove' | 'group'

interface Told {
  title: string
  answer: Refused
  attempt: number
}

/** What is done to several at once: in parts, so that a thousand go as well, and shown when the server has said so. */
export function useActs() {
  const t = useTranslations('contacts.acts')
  const client = useQueryClient()
  const [busy, setBusy] = useState<Act>()
  const [refused, setRefused] = useState<Told>()
  /** So many were changed by another meanwhile, and nothing was done to them. */
  const [left, setLeft] = useState(0)
  /** Nobody asks for one that is gone, though it may be open for a moment more. */
  const refresh = (gone: Contact[] = []) =>
    client.invalidateQueries({
      queryKey: ['contacts'],
      predicate: ({ queryKey: [, what, id] }) => what !== 'one' || !gone.some((contact) => contact.id === id),
    })
  const refuse = (title: string, answer: Refused) => setRefused((before) => ({ title, answer, attempt: (before?.attempt ?? 0) + 1 }))

  const putBack = async (removed: Contact[]) => {
    for (const contacts of inParts(removed)) {
      const answer = await answerOf(putBackContactsAction({ contacts }))
      if (!answer.ok) refuse(t('notPutBack'), answer)
    }
    await refresh()
  }

  const begin = (act: Act) => {
    setBusy(act)
    setRefused(undefined)
    setLeft(0)
  }
  const end = async (untouched: number, gone?: Contact[]) => {
    setLeft(untouched)
    await refresh(gone)
    setBusy(undefined)
  }

  const remove = async (ids: string[], onGone: () => void): Promise<void> => {
    begin('remove')
    const removed: Contact[] = []
    let untouched = 0
    let failure: Refused | undefined
    for (const part of inParts(ids)) {
      const answer = await answerOf(removeContactsAction({ ids: part }))
      if (!answer.ok) {
        failure = answer
        break
      }
      removed.push(...answer.data.removed)
      untouched += answer.data.left
    }
    if (failure) refuse(t('notRemoved'), failure)
    if (removed.length > 0) {
      const text = t('removed', { count: removed.length, name: removed[0]?.name ?? '' })
      toast({ text, undo: { label: t('undo'), onUndo: () => void putBack(removed) } })
    }
    if (!failure) onGone()
    await end(untouched, removed)
  }

  const group = async (ids: string[], add: string[], gone: string[]): Promise<boolean> => {
    begin('group')
    const sum = { changed: 0, left: 0 }
    for (const part of inParts(ids)) {
      const answer = await answerOf(groupContactsAction({ ids: part, add, remove: gone }))
      if (!answer.ok) {
        refuse(t('notGrouped'), answer)
        await end(sum.left)
        return false
      }
      sum.changed += answer.data.changed
      sum.left += answer.data.left
    }
    toast({ text: t('grouped', { count: sum.changed }) })
    await end(sum.left)
    return true
  }

  return { busy, refused, left, remove, group }
}

export type Acts = ReturnType<typeof useActs>
