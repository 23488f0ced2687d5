import type { Metadata } from 'next'
import { DeadLink, UnreadLink } from '#components/link/dead-link.tsx'
import { UndoChange } from '#components/link/undo-change.tsx'
import { loadCancelLink } from '#lib/features/phone/loaders.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { undoChange } from './undo-change.ts'

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('link'))('title'),
    robots: { index: false, follow: false },
    // Nobody is told this address, which is a secret. Not `no-referrer`: with it browsers post forms with `Origin: null`,
    // and the cancellation would be refused as foreign (T21).
    referrer: 'strict-origin',
  }
}

interface Props {
  params: Promise<{ token: string }>
}

/** Opening a link changes nothing (T39): mail scanners open them too. */
export default async function LinkPage({ params }: Props) {
  const { token } = await params
  const [result, { hotline }, t] = await Promise.all([loadCancelLink(token), getSite(), getTranslations('link')])
  const dead = <DeadLink hotline={hotline} />
  const malformed = !result.ok && result.code === 'invalid_input'
  const shut = result.ok ? null : malformed || result.code === 'link_invalid' ? dead : <UnreadLink {...result} />
  const words = {
    title: t('title'),
    busy: t('busy'),
    button: t('button'),
    failed: t('failed'),
    mine: t('mine'),
    reference: t('reference'),
    done: { title: t('done.title'), text: t('done.text'), next: t('done.next', { hotline }), button: t('done.button') },
  }
  return (
    <UndoChange undo={undoChange.bind(null, token)} words={words} dead={dead} shut={shut}>
      <p className="text-ink-2">{t('text')}</p>
      <h2 className="mt-6 mb-1 text-md">{t('what')}</h2>
      <ul className="list-disc pl-5">
        <li>{t('number')}</li>
        <li>{t('sessions')}</li>
      </ul>
    </UndoChange>
  )
}
