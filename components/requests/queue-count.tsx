'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { openRequestsQuery } from '#lib/features/requests/queries.ts'

interface Props {
  /** As the server counted when the frame was made, which stays from page to page. */
  first: number
  /** What is said after the number to who does not see where it stands. */
  word: string
}

/** How many requests nobody has taken: counted anew on every page, and in the queue with its list. */
export function QueueCount({ first, word }: Props) {
  const path = usePathname()
  const { data: open, refetch } = useQuery({ ...openRequestsQuery, initialData: first })
  const counted = useRef(path)
  useEffect(() => {
    if (counted.current === path) return
    counted.current = path
    void refetch()
  }, [path, refetch])
  if (open === 0) return null
  return (
    <span className="ui-waiting">
      {open > 99 ? '99+' : open}
      <span className="sr-only"> {word}</span>
    </span>
  )
}
