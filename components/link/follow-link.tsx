'use client'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'

/** What the page says next, in words already: public pages carry no formatter. */
export type Answer =
  | { ok: true; title: string; time: string; lines: string[]; next: { href: string; label: string }; reference: string }
  | { ok: false; dead: boolean; title: string; sentence: string; reference: string }

export interface Question {
  title: string
  button: string
  busy: string
  /** Who need not press it. */
  otherwise: string
}

interface Props {
  follow: () => Promise<Answer>
  /** Null where there is nothing to ask; then `shut` says why. */
  question: Question | null
  /** Label of the reference. */
  reference: string
  /** What is said of a link that was used meanwhile. */
  dead: ReactNode
  /** Stands in place of the question. */
  shut: ReactNode
  /** What the link does. */
  children: ReactNode
}

/** The question and its one button. The answer takes their place, also where the browser runs no script. */
export function FollowLink({ follow, question, reference, dead, shut, children }: Props) {
  const [answer, submit] = useActionState<Answer | null>(follow, null)
  if (answer?.ok) return <Followed {...answer} label={reference} />
  if (answer?.dead) return dead
  if (!question) return shut
  return (
    <form action={submit} className="max-w-100">
      <h1 className="mb-2 text-2xl">{question.title}</h1>
      {answer && <NotFollowed key={answer.reference} {...answer} label={reference} />}
      {children}
      <p className="mt-6">
        <SubmitButton busyLabel={question.busy}>{question.button}</SubmitButton>
      </p>
      <p className="mt-4 text-ink-2 text-sm">{question.otherwise}</p>
    </form>
  )
}

function Followed({ title, time, lines, next, reference, label }: Extract<Answer, { ok: true }> & { label: string }) {
  const box = useFocus()
  return (
    <div ref={box} tabIndex={-1} role="status" className="max-w-100 outline-none">
      <h1 className="sr-only">{title}</h1>
      <Stamp title={title} time={time}>
        {lines.map((line) => (
          <p key={line} className="mt-2">
            {line}
          </p>
        ))}
        <p className="mt-4">
          <a className={buttonClass({ kind: 'primary' })} href={next.href}>
            {next.label}
          </a>
        </p>
        <p className="mt-4 text-ink-3 text-sm">
          {label} <code>{reference}</code>
        </p>
      </Stamp>
    </div>
  )
}

function NotFollowed({ title, sentence, reference, label }: Extract<Answer, { ok: false }> & { label: string }) {
  const box = useFocus()
  return (
    <div ref={box} tabIndex={-1} className="my-4 outline-none">
      <Banner kind="stop" role="alert" title={title}>
        <p>{sentence}</p>
        {reference && (
          <p>
            {label} <code>{reference}</code>
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
