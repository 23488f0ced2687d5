'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toast } from '#components/ui/toast.tsx'
import { tell } from './tell.ts'
import type { Done } from './use-acts.ts'

/** Says what was done in a toast, with the way back of what was deleted; what must be read is returned. */
export function useTelling(onUndo: (ids: string[]) => void) {
  const t = useTranslations('received')
  const [rest, setRest] = useState<string[]>([])
  const say = (done: Done) => {
    const told = tell(t, done)
    setRest(told.rest)
    if (told.done === null) return
    const deleted = done.act === 'delete' || done.act === 'block'
    toast({ text: told.done, undo: deleted ? { label: t('undo'), onUndo: () => onUndo(done.ids) } : undefined })
  }
  return { rest, say, clear: () => setRest([]) }
}
