'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { OpenDialogs } from '#components/ui/open-dialogs.ts'
import { TableSkeleton } from '#components/ui/table.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { CALL_STATE } from './call-state.tsx'
import { endShown, type Shown, useSecondsLeft } from './time-left.ts'
import { useLeavesWithSession } from './use-leaves-with-session.ts'

interface Props {
  /** Null: what is inside is masked already. */
  shown: Shown | null
  children: ReactNode
}

/**
 * What staff see of a verified caller goes with the verification (T45): the page is read anew, and nothing of it stays until then. A dialog
 * that is open stands until it is closed, with a one-time pass in it that is shown this once; of what lies behind it nothing is seen.
 */
export function WhileVerified({ shown, children }: Props) {
  const t = useTranslations('common')
  const { page, anyOpen } = useOpenDialogs(shown)
  const over = useSecondsLeft(shown) === 0
  const verified = shown !== null && !over
  const [last, setLast] = useState(verified ? children : null)
  const kept = verified ? children : anyOpen ? last : null
  if (kept !== last) setLast(kept)
  const behind = !verified && kept !== null
  useLeavesWithSession()
  useComeAndGo({ over: over && !behind, away: over || behind })
  return (
    <OpenDialogs value={page}>
      <div className={behind ? 'hidden' : 'contents'}>{kept ?? (over ? null : children)}</div>
      {over && <TableSkeleton label={t('loading')} columns={['w-8', '', 'w-24']} rows={8} />}
      {behind && !over && children}
    </OpenDialogs>
  )
}

function useOpenDialogs(shown: Shown | null) {
  const [open, setOpen] = useState(0)
  const now = useRef(shown)
  now.current = shown
  const page = useMemo(
    () => ({
      opened: () => {
        setOpen((count) => count + 1)
        return () => setOpen((count) => count - 1)
      },
      over: () => now.current && endShown(now.current),
    }),
    [],
  )
  return { page, anyOpen: open > 0 }
}

/** Reads the page anew when it is over, and puts the focus back once there is a page again: what had it is gone. */
function useComeAndGo({ over, away }: { over: boolean; away: boolean }) {
  const router = useRouter()
  const focusOn = useFocusOn()
  const was = useRef(false)
  useEffect(() => {
    if (over) router.refresh()
  }, [over, router])
  useEffect(() => {
    if (was.current && !away) focusOn(CALL_STATE)
    was.current = away
  }, [away, focusOn])
}
