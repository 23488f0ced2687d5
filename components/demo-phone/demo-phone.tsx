'use client'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useMemo } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import type { DemoMessage } from '#lib/features/demo-phone/schema.ts'
import { createFormat, type Format } from '#lib/platform/i18n/format.ts'
import type { Locale } from '#lib/platform/i18n/locale.ts'
import { CopyCode } from './copy-code.tsx'
import { useMessages } from './use-messages.ts'

export interface Words {
  copy: string
  copied: string
  arrived: string
  stale: string
  emptyTitle: string
  emptyText: string
  bind: string
}

interface Props {
  /** Null when the page could not read them. */
  messages: DemoMessage[] | null
  words: Words
  locale: Locale
  timeZone: string
}

/** The texts of each number, the newest on top. */
export function DemoPhone({ messages: first, words, locale, timeZone }: Props) {
  const format = useMemo(() => createFormat(locale, timeZone), [locale, timeZone])
  const { messages, stale } = useMessages(first)
  const newest = messages[0]
  const numbers = [...new Set(messages.map(({ to }) => to))]
  const bind = (
    <a href="/phone" className={buttonClass()}>
      {words.bind}
    </a>
  )
  return (
    <>
      <p role="status" className="sr-only">
        {newest && newest.id !== first?.[0]?.id && `${words.arrived} ${newest.to}`}
      </p>
      {stale && (
        <p role="alert" className="mb-4 text-sm">
          <Status kind="wait" icon={<RefreshCw />}>
            {words.stale}
          </Status>
        </p>
      )}
      {numbers.length === 0 && !stale && (
        <Empty icon={<MessageSquareText />} title={words.emptyTitle} action={bind}>
          {words.emptyText}
        </Empty>
      )}
      {numbers.map((number, index) => (
        <Section key={number} first={index === 0} title={<span className="tabular-nums">{spaced(number)}</span>}>
          <ol className="mt-3 grid gap-3">
            {messages
              .filter(({ to }) => to === number)
              .map((text) => (
                <Text key={text.id} text={text} words={words} format={format} />
              ))}
          </ol>
        </Section>
      ))}
    </>
  )
}

function Text({ text: { body, at }, words, format }: { text: DemoMessage; words: Words; format: Format }) {
  const code = /(?<!\d)\d{6,8}(?!\d)/.exec(body)?.[0]
  return (
    <li className="max-w-120">
      <div className="flex min-h-8 items-center justify-between">
        <time dateTime={at.toISOString()} className="text-ink-3 text-xs tabular-nums">
          {format.moment(at)}
        </time>
        {code && <CopyCode code={code} copy={words.copy} copied={words.copied} />}
      </div>
      <p className="rounded-3 bg-sunken px-4 py-2.5 [overflow-wrap:anywhere]">
        {body.split(LINK).map((part, index) =>
          index % 2 === 0 ? (
            part
          ) : (
            <a key={part} href={part}>
              {part}
            </a>
          ),
        )}
      </p>
    </li>
  )
}

/** As a phone would find it in a text. */
const LINK = /(https?:\/\/[\w\-.:/?=&%]+)/

/** `+86 138 0013 8000`; other countries as they are. */
const spaced = (number: string) => number.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '+86 $1 $2 $3')
