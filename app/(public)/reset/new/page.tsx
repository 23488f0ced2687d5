import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NewStep } from '#components/reset/new-step.tsx'
import { ResetNotOpened } from '#components/reset/not-opened.tsx'
import { ResetFrame } from '#components/reset/reset-frame.tsx'
import { ResetHelp } from '#components/reset/reset-help.tsx'
import { Banner } from '#components/ui/banner.tsx'
import { newPasswordWords } from '#components/ui/new-password-words.ts'
import { loadReset } from '#lib/features/reset/loaders.ts'
import type { ResetState } from '#lib/features/reset/schema.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { flowToken } from '../flow-cookie.ts'
import { stepWords } from '../step-words.ts'
import { chooseNew, unlock } from '../take-step.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reset'))('new.title'), robots: { index: false, follow: false } }
}

export default async function NewPage() {
  const token = await flowToken()
  if (token === undefined) redirect('/reset')
  const [result, steps, done, { hotline }] = await Promise.all([token && loadReset({ token }), stepWords(), doneWords(), getSite()])
  const help = <ResetHelp about="new" hotline={hotline} />
  const acts = { choose: chooseNew, unlock }
  if (!result) return <NewStep {...acts} form={null} done={done} steps={steps} help={help} />
  if (!result.ok) {
    if (result.code === 'reset_over' || result.code === 'invalid_input') redirect('/reset?over=1')
    return (
      <ResetFrame steps={steps} current={2} help={help}>
        <ResetNotOpened {...result} />
      </ResetFrame>
    )
  }
  if (result.data.step === 'code') redirect('/reset/code')
  return <NewStep {...acts} form={await formOf(result.data)} done={done} steps={steps} help={help} />
}

async function formOf({ rules, locked, expiresInSeconds }: Extract<ResetState, { step: 'new' }>) {
  const [t, fields] = await Promise.all([getTranslations('reset'), newPasswordWords(rules.policy)])
  const words = {
    title: t('new.title'),
    text: t('new.text'),
    button: t('new.button'),
    busy: t('new.busy'),
    within: t('new.within', { minutes: Math.ceil(expiresInSeconds / 60) }),
    locked: locked ? { banner: <Locked />, button: t('locked.button'), busy: t('locked.busy') } : null,
  }
  return { rules, fields, words }
}

async function Locked() {
  const t = await getTranslations('reset.locked')
  return (
    <Banner kind="hold" title={t('title')}>
      {t('text')}
    </Banner>
  )
}

async function doneWords() {
  const [t, { hotline }] = await Promise.all([getTranslations('reset'), getSite()])
  return { notYou: t('done.notYou', { hotline }), reference: t('reference') }
}
