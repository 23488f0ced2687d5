'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { toast } from '#components/ui/toast.tsx'
import { saveContactAction } from '#lib/features/contacts/actions.ts'
import { contactQuery } from '#lib/features/contacts/queries.ts'
import type { Card, Contact } from '#lib/features/contacts/schema.ts'

interface Collision {
  /** As it is now; null: deleted meanwhile. */
  theirs: Contact | null
  attempt: number
}

/** Saves a contact, unless somebody else was quicker: then both are asked for. */
export function useSave(base: Contact | undefined, onSaved: (id: string) => void) {
  const t = useTranslations('contacts.edit')
  const client = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const [conflict, setConflict] = useState<Collision>()
  const attempt = useRef(0)
  // Kept while the outcome is unknown: asked again, no second contact comes of it.
  const key = useRef<string | null>(null)

  const collide = async (id: string) => {
    const theirs = await client.fetchQuery({ ...contactQuery(id), staleTime: 0 }).catch(() => null)
    setConflict({ theirs, attempt: attempt.current })
  }

  /** `over`: the version that is knowingly replaced, null for one that is gone. */
  const save = async (card: Card, over?: Contact | null) => {
    if (saving) return
    setSaving(true)
    attempt.current += 1
    const known = over === undefined ? base : over
    const target = known ? { id: known.id, version: known.version } : {}
    key.current ??= crypto.randomUUID()
    const answer = await answerOf(saveContactAction({ ...target, card }, known ? undefined : key.current))
    if (answer.ok || answer.code !== 'no_answer') key.current = null
    if (answer.ok) {
      await client.invalidateQueries({ queryKey: ['contacts'] })
      toast({ text: t('saved', { name: card.name }) })
      onSaved(answer.data.id)
    } else if (base && (answer.code === 'contact_changed' || answer.code === 'not_found')) await collide(base.id)
    else {
      setConflict(undefined)
      setRefused({ answer, attempt: attempt.current })
    }
    setSaving(false)
  }

  const settle = () => {
    setConflict(undefined)
    setRefused(undefined)
  }
  return { save, saving, refused, conflict, settle }
}
