'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { TableSkeleton } from '#components/ui/table.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { CALL_STATE } from './call-state.tsx'
import { type Shown, useSecondsLeft } from './time-left.ts'

interface Props {
  /** Null: what is inside is masked already. */
  shown: Shown | null
  children: ReactNode
}

/** What staff see of a verified caller goes with the verification (T45): the page is read anew, and nothing of it stays until then. */
export function WhileVerified({ shown, children }: Props) {
  const t = useTranslations('common')
  const router = useRouter()
  const focusOn = useFocusOn()
  const over = useSecondsLeft(shown) === 0
  const was = useRef(false)
  useEffect(() => {
    if (over === was.current) return
    was.current = over
    if (over) router.refresh()
    // What had the focus is gone.
    else focusOn(CALL_STATE)
  }, [over, router, focusOn])
  return over ? <TableSkeleton label={t('loading')} columns={['w-8', '', 'w-24']} rows={8} /> : children
}
