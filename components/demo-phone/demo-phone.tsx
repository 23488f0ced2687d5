'use client'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import type { DemoMessage } from '#lib/features/demo-phone/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useMessages } from './use-messages.ts'

/** The texts of each number, the newest on top. */
export function DemoPhone({ messages: first }: { messages: DemoMessage[] | null }) {
  const t = useTranslations('demo.phone')
  const { messages, stale } = useMessages(first)
  const newest = messages[0]
  const numbers = [...new Set(messages.map(({ to }) => to))]
  return (
    <>
      <p role="status" className="sr-only">
        {newest && newest.id !== first?.[0]?.id && t('new', { number: newest.to })}
      </p>
      {stale && (
        <p role="alert" className="mb-4 text-sm">
          <Status kind="wait" icon={<RefreshCw />}>
            {t('stale')}
          </Status>
        </p>
      )}
      {numbers.length === 0 && !stale && (
        <Empty icon={<MessageSquareText />} title={t('emptyTitle')} action={<ButtonLink href="/phone">{t('bind')}</ButtonLink>}>
          {t('emptyText')}
        </Empty>
      )}
      {numbers.map((number, index) => (
        <Thread key={number} number={number} texts={messages.filter(({ to }) => to === number)} first={index === 0} />
      ))}
    </>
  )
}

function Thread({ number, texts, first }: { number: string; texts: DemoMessage[]; first: boolean }) {
  const t = useTranslations('demo.phone')
  return (
    <Section first={first} title={<span className="tabular-nums">{spaced(number)}</span>} count={t('count', { count: texts.length })}>
      <ol className="mt-4 grid gap-4">
        {texts.map((text) => (
          <Text key={text.id} text={text} />
        ))}
      </ol>
    </Section>
  )
}

function Text({ text: { body, at } }: { text: DemoMessage }) {
  const t = useTranslations('demo.phone')
  const format = useFormat()
  const code = /(?<!\d)\d{6,8}(?!\d)/.exec(body)?.[0]
  return (
    <li className="max-w-120">
      <div className="flex min-h-8 items-center justify-between">
        <time dateTime={at.toISOString()} className="text-ink-3 text-xs tabular-nums">
          {format.moment(at)}
        </time>
        {code && (
          <span className="-mr-2">
            <CopyButton value={code} kind="quiet" size="sm">
              {t('copy', { code })}
            </CopyButton>
          </span>
        )}
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
