'use client'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'

/** What the page says next, in words already: public pages carry no formatter. */
export type Answer = { ok: true; time: string; reference: string } | { ok: false; dead: boolean; sentence: string; reference: string }

interface Words {
  title: string
  busy: string
  button: string
  failed: string
  mine: string
  reference: string
  done: { title: string; text: string; next: string; button: string }
}

interface Props {
  undo: () => Promise<Answer>
  words: Words
  /** What is said of a link that was used meanwhile. */
  dead: ReactNode
  /** Stands in place of the question when the link did not work from the start. */
  shut: ReactNode
  /** What the link does. */
  children: ReactNode
}

/** The question and its one button. The answer takes their place, also where the browser runs no script. */
export function UndoChange({ undo, words, dead, shut, children }: Props) {
  const [answer, submit] = useActionState<Answer | null>(undo, null)
  if (answer?.ok) return <Undone {...answer} words={words} />
  if (answer?.dead) return dead
  if (!answer && shut) return shut
  return (
    <form action={submit} className="max-w-100">
      <h1 className="mb-2 text-2xl">{words.title}</h1>
      {answer && <NotUndone key={answer.reference} {...answer} words={words} />}
      {children}
      <p className="mt-6">
        <SubmitButton busyLabel={words.busy}>{words.button}</SubmitButton>
      </p>
      <p className="mt-4 text-ink-2 text-sm">{words.mine}</p>
    </form>
  )
}

function Undone({ time, reference, words }: { time: string; reference: string; words: Words }) {
  const box = useFocus()
  return (
    <div ref={box} tabIndex={-1} role="status" className="max-w-100 outline-none">
      <h1 className="sr-only">{words.title}</h1>
      <Stamp title={words.done.title} time={time}>
        <p className="mt-2">{words.done.text}</p>
        <p className="mt-2 text-ink-2">{words.done.next}</p>
        <p className="mt-4">
          <a className={buttonClass({ kind: 'primary' })} href="/sign-in">
            {words.done.button}
          </a>
        </p>
        <p className="mt-4 text-ink-3 text-sm">
          {words.reference} <code>{reference}</code>
        </p>
      </Stamp>
    </div>
  )
}

function NotUndone({ sentence, reference, words }: { sentence: string; reference: string; words: Words }) {
  const box = useFocus()
  return (
    <div ref={box} tabIndex={-1} className="my-4 outline-none">
      <Banner kind="stop" role="alert" title={words.failed}>
        <p>{sentence}</p>
        {reference && (
          <p>
            {words.reference} <code>{reference}</code>
          </p>
        )}
      </Banner>
    </div>
  )
}

function useFocus() {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return box
}
