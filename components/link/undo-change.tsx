'use client'
import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Result } from '#lib/platform/operation.ts'
import { InvalidLink, type Refused } from './invalid-link.tsx'

type Undone = Result<object> & { at: Date }

interface Props {
  undo: () => Promise<Undone>
  hotline: string
  /** Why the link does not work, found out when the page was opened. */
  refused: Refused | null
}

/** What the link does, and the one button. The result takes its place, also where the browser runs no script. */
export function UndoChange({ undo, hotline, refused }: Props) {
  const t = useTranslations('link')
  const [undone, submit] = useActionState<Undone | null>(undo, null)
  if (undone?.ok) return <Finished undone={undone} hotline={hotline} />
  // A link that was good when the page was opened may have been used meanwhile; one that was bad may just have been used here.
  const dead = undone ? undone.code === 'link_invalid' && undone : refused
  if (dead) return <InvalidLink {...dead} hotline={hotline} />
  return (
    <form action={submit} className="max-w-100">
      <h1 className="mb-2 text-2xl">{t('title')}</h1>
      {undone && <Failed key={undone.at.getTime()} undone={undone} />}
      <p className="text-ink-2">{t('text')}</p>
      <h2 className="mt-6 mb-1 text-md">{t('what')}</h2>
      <ul className="list-disc pl-5">
        <li>{t('number')}</li>
        <li>{t('sessions')}</li>
      </ul>
      <p className="mt-6 mb-4">
        <SubmitButton busyLabel={t('busy')}>{t('button')}</SubmitButton>
      </p>
      <p className="text-ink-2 text-sm">{t('mine')}</p>
    </form>
  )
}

function Finished({ undone, hotline }: { undone: Undone; hotline: string }) {
  const t = useTranslations('link')
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} role="status" className="max-w-100 outline-none">
      <h1 className="sr-only">{t('title')}</h1>
      <Stamp title={t('done.title')} time={format.dayAndTime(undone.at)}>
        <p className="mt-2">{t('done.text')}</p>
        <p className="mt-2 text-ink-2">{t('done.next', { hotline })}</p>
        <p className="mt-4">
          <a className={buttonClass({ kind: 'primary' })} href="/sign-in">
            {t('done.button')}
          </a>
        </p>
        <p className="mt-4 text-ink-3 text-sm">
          {t('reference')} <code>{undone.reference}</code>
        </p>
      </Stamp>
    </div>
  )
}

function Failed({ undone }: { undone: Undone & { ok: false } }) {
  const t = useTranslations('link')
  const errors = useTranslations('errors')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="my-4 outline-none">
      <Banner kind="stop" role="alert" title={t('failed')}>
        <p>{errors(undone.code)}</p>
        {undone.reference && (
          <p>
            {t('reference')} <code>{undone.reference}</code>
          </p>
        )}
      </Banner>
    </div>
  )
}
