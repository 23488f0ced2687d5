'use client'
import { useEffect, useRef, useState } from 'react'
import { CheckList } from './check-list.tsx'
import { judgeTyped, type Line, type PasswordRules } from './judge-typed.ts'
import { PasswordField } from './password-field.tsx'
import { Strength, type StrengthWords } from './strength-bars.tsx'

/** In words already, for public pages carry no formatter; `{now}` and its like are filled in while a person types. */
export interface NewPasswordWords {
  label: string
  again: string
  eye: { show: string; hide: string }
  missing: string
  differ: string
  /** Label of the list, and what is said before its items. */
  list: string
  said: { met: string; open: string }
  lines: Record<Line, { met: string; open: string }>
  /** Of the length, before anything is typed. */
  atLeast: string
  tooLong: string
  /** What only the server can tell. */
  atSave: string
  kept: string
  strength: StrengthWords
}

interface Props {
  /** Of the field; what belongs to it is named after it. */
  id: string
  rules: PasswordRules
  words: NewPasswordWords
  /** Why the server refused what was typed. A new object for each refusal. */
  refused?: { next?: string; again?: string }
}

const NOTHING = { next: false, again: false }

/**
 * A new password, twice, with what it must be. `form.checkValidity()` says whether it may be sent, and marks what is wrong; the fields are
 * called `next` and `again`.
 */
export function NewPassword({ id, rules, words, refused }: Props) {
  const next = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [judged, setJudged] = useState(() => judgeTyped(rules, ''))
  const [differ, setDiffer] = useState(false)
  const [tried, setTried] = useState(NOTHING)
  const [answered, setAnswered] = useState<Props['refused']>()

  const judge = () => {
    if (!next.current || !again.current) return
    const found = judgeTyped(rules, next.current.value)
    const different = next.current.value !== again.current.value
    next.current.setCustomValidity(found.lines.every(({ met }) => met) ? '' : words.missing)
    again.current.setCustomValidity(different ? words.differ : '')
    setJudged(found)
    setDiffer(different)
  }
  // What was typed before this script came, and what a browser filled in, counts too.
  useEffect(judge, [])

  const edit = (field: keyof typeof NOTHING) => () => {
    judge()
    setTried((before) => ({ ...before, [field]: false }))
    setAnswered(refused)
  }
  const mark = (field: keyof typeof NOTHING) => setTried((before) => ({ ...before, [field]: true }))

  const why = refused === answered ? undefined : refused
  const broken = judged.lines.some(({ met }) => !met)
  const { now, lines } = judged
  const list = `${id}-rules`
  return (
    <>
      <input type="text" autoComplete="username" value={rules.person.login} readOnly hidden />
      <PasswordField
        ref={next}
        id={id}
        name="next"
        autoComplete="new-password"
        label={words.label}
        eye={words.eye}
        error={tried.next && now === 0 ? words.missing : why?.next}
        aria-describedby={list}
        aria-invalid={(tried.next && broken) || undefined}
        onInput={edit('next')}
        onInvalid={() => mark('next')}
        onBlur={(event) => event.currentTarget.value && mark('next')}
      />
      <Strength input={next} typed={judged} person={rules.person} words={words.strength} />
      <div className="mt-3">
        <CheckList
          id={list}
          label={words.list}
          said={words.said}
          items={[
            ...lines.map(({ line, met }) => ({
              key: line,
              text: textOf(line, met, now, rules, words),
              state: met ? ('met' as const) : tried.next && now > 0 ? ('bad' as const) : ('open' as const),
            })),
            { key: 'atSave', text: words.atSave, state: 'open' as const },
          ]}
        />
      </div>
      <p role="status" className="sr-only">
        {now > 0 && fill(words.kept, { met: lines.filter(({ met }) => met).length, all: lines.length })}
      </p>
      <PasswordField
        ref={again}
        id={`${id}-again`}
        name="again"
        autoComplete="new-password"
        label={words.again}
        error={tried.again && differ ? words.differ : why?.again}
        onInput={edit('again')}
        onInvalid={() => mark('again')}
        onBlur={(event) => event.currentTarget.value && mark('again')}
      />
    </>
  )
}

function textOf(line: Line, met: boolean, now: number, { policy: { least, most } }: PasswordRules, words: NewPasswordWords): string {
  if (line === 'length' && now === 0) return words.atLeast
  if (line === 'length' && now > most) return words.tooLong
  return fill(words.lines[line][met ? 'met' : 'open'], { now, missing: least - now })
}

const fill = (text: string, values: Record<string, number>): string =>
  Object.entries(values).reduce((filled, [name, value]) => filled.replace(`{${name}}`, String(value)), text)
