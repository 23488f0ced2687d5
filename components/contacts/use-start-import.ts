'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { importFilesAction } from '#lib/features/contacts/actions.ts'
import type { Duplicates } from '#lib/features/contacts/schema.ts'
import { type Found, groupOf } from './import-file.ts'

/** Starts an import, once however often it is pressed, and goes to where it is seen. */
export function useStartImport() {
  const router = useRouter()
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  // Kept while the outcome is unknown: asked again, the same thing is not done twice.
  const key = useRef<string | null>(null)
  const start = async (found: Found[], duplicates: Duplicates) => {
    if (starting) return
    setStarting(true)
    key.current ??= crypto.randomUUID()
    const files = found.map(({ preview, reading, wish }) => ({ file: preview.file, ...reading, group: groupOf(wish) }))
    const answer = await answerOf(importFilesAction({ files, duplicates }, key.current))
    if (answer.ok || answer.code !== 'no_answer') key.current = null
    if (answer.ok) return router.push(`/contacts/import/${answer.data.id}`)
    setStarting(false)
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  return { start, starting, refused }
}
