'use client'
import { type ReactNode, useActionState } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { NotDone } from '#components/ui/not-done.tsx'
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
      {answer && <NotDone key={answer.reference} {...answer} label={reference} />}
      {children}
      <p className="mt-6">
        <SubmitButton busyLabel={question.busy}>{question.button}</SubmitButton>
      </p>
      <p className="mt-4 text-ink-2 text-sm">{question.otherwise}</p>
    </form>
  )
}

function Followed({ title, time, lines, next, reference, label }: Extract<Answer, { ok: true }> & { label: string }) {
  return (
    <Focused role="status" className="max-w-100">
      <Stamp main title={title} time={time}>
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
    </Focused>
  )
}
