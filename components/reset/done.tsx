import { buttonClass } from '#components/ui/button.tsx'
import { CheckList } from '#components/ui/check-list.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import type { Receipt } from './answers.ts'

export interface DoneWords {
  /** Whom to call. */
  notYou: string
  reference: string
}

/** The record is the receipt. */
export function Done({ receipt: { title, time, lines, signIn, reference }, words }: { receipt: Receipt; words: DoneWords }) {
  return (
    <Focused role="status">
      <Stamp main title={title} time={time} />
      <div className="my-5">
        <CheckList items={lines.map((text) => ({ key: text, text, state: 'met' }))} />
      </div>
      <a className={buttonClass({ kind: 'primary' })} href="/sign-in">
        {signIn}
      </a>
      <p className="mt-4 text-ink-2 text-sm">{words.notYou}</p>
      <p className="mt-1 text-ink-3 text-sm">
        {words.reference} <code>{reference}</code>
      </p>
    </Focused>
  )
}
