'use client'
import { type RefObject, useEffect, useState } from 'react'
import type { Person } from '#lib/platform/password-rules/rules.ts'
import { strengthOf } from './strength.ts'
import { useHydrated } from './use-hydrated.ts'

export interface StrengthWords {
  /** Before the word, for who does not see the bars. */
  label: string
  /** From weak to very strong. */
  levels: [string, string, string, string]
}

interface Props {
  input: RefObject<HTMLInputElement | null>
  /** Another one whenever something was typed. */
  typed: object
  person: Person
  words: StrengthWords
}

const PAUSE_MS = 150

/** How long it would stand against guessing. The judge comes with the first character typed, so that no page carries it. */
export function Strength({ input, typed, person, words }: Props) {
  const hydrated = useHydrated()
  const level = useLevel(input, typed, person)
  const word = level ? words.levels[level - 1] : ''
  return (
    <div className={`mt-2 grid grid-cols-[repeat(4,minmax(0,1fr))_auto] items-center gap-[3px] text-sm ${hydrated ? '' : 'invisible'}`}>
      {words.levels.map((name, index) => (
        <i key={name} className={`h-1 rounded-1 ${index < level ? 'bg-ink-2' : 'bg-line'}`} />
      ))}
      <span role="status" className="min-w-18 pl-2">
        {word && <span className="sr-only">{words.label} </span>}
        {word || '\u00A0'}
      </span>
    </div>
  )
}

/** 0 while nothing is typed or the judge has not come; else 1 to 4. */
function useLevel(input: Props['input'], typed: object, person: Person): number {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    let wanted = true
    const password = () => input.current?.value ?? ''
    const judge = async () => {
      const score = password() && (await strengthOf(password(), person))
      if (wanted) setLevel(password() ? Math.max(1, Number(score)) : 0)
    }
    // Without the judge, the rules beside it still say what is wrong.
    const timer = setTimeout(() => (password() ? judge().catch(() => {}) : setLevel(0)), PAUSE_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [input, typed, person])
  return level
}
