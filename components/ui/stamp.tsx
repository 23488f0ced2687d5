import type { ReactNode } from 'react'
import { Seal } from './seal.tsx'

interface Props {
  title: ReactNode
  time: ReactNode
  /** The page has no other title. */
  main?: boolean
  children?: ReactNode
}

/** The receipt: what is finished, when, how many. */
export function Stamp({ title, time, main, children }: Props) {
  return (
    <div className="flex items-start gap-4">
      <Seal className="mt-0.5 size-10" />
      <div>
        {main ? <h1 className="text-2xl">{title}</h1> : <h2>{title}</h2>}
        <p className="text-ink-2 tabular-nums">{time}</p>
        {children}
      </div>
    </div>
  )
}
