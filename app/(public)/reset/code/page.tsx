import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CodeStep } from '#components/reset/code-step.tsx'
import { Exhausted, ResetNotOpened } from '#components/reset/not-opened.tsx'
import { Proved } from '#components/reset/proved.tsx'
import { ResetFrame } from '#components/reset/reset-frame.tsx'
import { ResetHelp } from '#components/reset/reset-help.tsx'
import type { CodeKind } from '#components/reset/signs.ts'
import { loadReset } from '#lib/features/reset/loaders.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { flowToken } from '../flow-cookie.ts'
import { stepWords } from '../step-words.ts'
import { takeCodeStep } from '../take-step.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reset'))('code.title'), robots: { index: false, follow: false } }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Nothing here depends on whether the account exists (T1). */
export default async function CodePage({ searchParams }: Props) {
  const token = await flowToken()
  if (!token) redirect('/reset')
  const [result, query, steps, { hotline }] = await Promise.all([loadReset({ token }), searchParams, stepWords(), getSite()])
  const help = <ResetHelp about="code" hotline={hotline} />
  if (!result.ok) {
    if (result.code === 'reset_over' || result.code === 'invalid_input') redirect('/reset?over=1')
    return (
      <ResetFrame steps={steps} current={1} help={help}>
        <ResetNotOpened {...result} />
      </ResetFrame>
    )
  }
  if (result.data.step === 'new') redirect('/reset/new')
  const { by, proved, triesLeft, resendInSeconds } = result.data
  if (triesLeft < 1)
    return (
      <ResetFrame steps={steps} current={1} help={help}>
        <Exhausted />
      </ResetFrame>
    )
  const t = await getTranslations('reset.code')
  const kind: CodeKind = isKind(query.by) ? query.by : proved.length === 0 ? by : proved.includes('text') ? 'pass' : 'text'
  const asked = by === 'text'
  return (
    <ResetFrame steps={steps} current={1} help={help}>
      <h1 className="mb-2 text-2xl">{t(`${kind}.title`)}</h1>
      {proved.length > 0 && <Proved proofs={proved} />}
      <p className="text-ink-2">{t(kind === 'pass' ? 'pass.text' : asked ? 'text.text' : 'text.notAsked')}</p>
      <CodeStep
        key={kind}
        act={takeCodeStep}
        kind={kind}
        asked={asked}
        resendInSeconds={asked ? resendInSeconds : 0}
        words={await codeWords(kind, asked)}
      />
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <a href={`/reset/code?by=${kind === 'text' ? 'pass' : 'text'}`}>{t(`${kind}.other`)}</a>
        <a href="/reset">{t('otherAccount')}</a>
      </p>
    </ResetFrame>
  )
}

const isKind = (value: unknown): value is CodeKind => value === 'text' || value === 'pass'

async function codeWords(kind: CodeKind, asked: boolean) {
  const [t, reset] = await Promise.all([getTranslations('reset.code'), getTranslations('reset')])
  return {
    label: t(`${kind}.label`),
    help: kind === 'pass' ? t('pass.help') : undefined,
    missing: t('missing', { count: '{count}' }),
    button: t('button'),
    busy: t('busy'),
    send: t(asked ? 'resend' : 'send'),
    sending: t('sending'),
    sendIn: t('resendIn', { seconds: '{seconds}' }),
    maySend: t('mayResend'),
    reference: reset('reference'),
  }
}
