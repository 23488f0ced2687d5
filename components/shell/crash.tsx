'use client'
import { useSyncExternalStore } from 'react'
import en from '#lib/platform/i18n/messages/en/crash.json'
import zh from '#lib/platform/i18n/messages/zh-CN/crash.json'

interface Props {
  error: unknown
  retry: () => void
}

const WORDS: Record<'en' | 'zh', typeof en> = { en, zh }

/** The document may be a bare one, written because the server failed; then the browser says which language. */
const language = () => ((document.documentElement.lang || navigator.language).startsWith('zh') ? 'zh' : 'en')
const never = () => () => {}

/** What happened, what became of it, what next. It needs nothing from the server. */
export function Crash({ error, retry }: Props) {
  const locale = useSyncExternalStore(never, language, () => 'en' as const)
  const words = WORDS[locale]
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <div role="alert" lang={locale} className="max-w-120">
      <h1>{words.title}</h1>
      <p className="mt-1 mb-4 text-ink-2">{words.text}</p>
      {/* Not the button of components/ui: this stands in the first script of every page. */}
      <button
        type="button"
        onClick={retry}
        className="min-h-control cursor-pointer rounded-2 bg-fill px-3 font-semibold text-on-fill hover:bg-fill-strong"
      >
        {words.retry}
      </button>
      {reference && (
        <p className="mt-4 text-ink-3 text-sm">
          {words.reference} <code>{reference}</code> <a href={`/help?reference=${encodeURIComponent(reference)}#write`}>{words.tell}</a>
        </p>
      )}
    </div>
  )
}
