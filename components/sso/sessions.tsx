'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState, useTransition } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { endOtherSessionsAction, endSessionAction, reviewSignInAction } from '#lib/features/sso/actions.ts'
import type { SessionList, SignInRecord } from '#lib/features/sso/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import { endButtonId, LiveSessions } from './live-sessions.tsx'
import { answerButtonId, Questions } from './questions.tsx'
import { RecentSignIns } from './recent-sign-ins.tsx'
import { useWords } from './use-words.ts'

const EndOthers = lazy(() => import('./end-others.tsx'))

const END_OTHERS = 'end-others'
const ALARM = 'not-me'
const HEAD = 'open-sessions'

interface Props {
  sessions: SessionList
  /** The sign-in that a link asks about. */
  check: string | null
}

export function Sessions({ sessions: { live, recent }, check }: Props) {
  const t = useTranslations('sso.sessions')
  const format = useFormat()
  const { deviceOf } = useWords()
  const behalf = useBehalf()
  const router = useRouter()
  const focusOn = useFocusOn()
  const [acting, startActing] = useTransition()
  const [actedOn, setActedOn] = useState<string | null>(null)
  const [refused, setRefused] = useState<{ answer: Refused; title: string; attempt: number }>()
  const [alarm, setAlarm] = useState<SignInRecord>()
  const [asking, setAsking] = useState(false)
  const busy = acting ? actedOn : null
  const others = live.filter(({ current }) => !current)
  const open = recent.filter(({ unusual, reviewed }) => unusual && !reviewed)
  // Only the owner knows whether a sign-in was theirs.
  const questions = behalf ? [] : [...open.filter(({ id }) => id === check), ...open.filter(({ id }) => id !== check)]

  /** Shows what is true now; only then the row goes, and the focus moves on. */
  const settle = (...focus: string[]) => {
    router.refresh()
    setRefused(undefined)
    focusOn(...focus)
  }
  const refuse = (answer: Refused, title: string) => setRefused((before) => ({ answer, title, attempt: (before?.attempt ?? 0) + 1 }))

  const ended = (session: SignInRecord) => {
    toast({ text: t('live.ended', { device: deviceOf(session) }) })
    startActing(() => settle(...neighboursOf(others, session).map(endButtonId), HEAD))
  }
  const endFor = async ({ account: mailbox, perform }: NonNullable<typeof behalf>, which: SignInRecord | 'all') => {
    if (which === 'all') {
      const done = await perform('sso.end-others', { count: live.length }, (warrant, key) =>
        endOtherSessionsAction({ mailbox }, key, warrant),
      )
      return done && startActing(() => settle(HEAD))
    }
    const send = (warrant: Warrant, key: string) => endSessionAction({ mailbox, id: which.id }, key, warrant)
    if (await perform('sso.end', { device: deviceOf(which) }, send)) ended(which)
  }
  const end = (session: SignInRecord) => {
    if (behalf) return void endFor(behalf, session)
    setActedOn(session.id)
    startActing(async () => {
      const answer = await answerOf(endSessionAction({ id: session.id }))
      const gone = answer.ok || answer.code === 'not_found'
      if (gone) ended(session)
      else startActing(() => refuse(answer, t('live.failed')))
    })
  }
  const answerFor = (signIn: SignInRecord, mine: boolean) => {
    setActedOn(signIn.id)
    startActing(async () => {
      const answer = await answerOf(reviewSignInAction({ id: signIn.id, mine }))
      if (answer.ok && mine) toast({ text: t('ask.mineDone', { time: format.dayAndTime(signIn.at) }) })
      startActing(() => {
        if (!answer.ok) return refuse(answer, t('ask.failed'))
        if (!mine) setAlarm(signIn)
        settle(...(mine ? neighboursOf(questions, signIn).map(answerButtonId) : [ALARM]), HEAD)
      })
    })
  }
  const closeQuestion = () => {
    setAsking(false)
    focusOn(END_OTHERS)
  }
  const othersEnded = () => {
    setAsking(false)
    startActing(() => settle(HEAD))
  }

  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      {refused && (
        <div className="mb-5">
          <Refusal key={refused.attempt} title={refused.title} refusal={refused.answer} />
        </div>
      )}
      {alarm && (
        <div id={ALARM} tabIndex={-1} className="mb-5">
          <Banner
            kind="stop"
            role="alert"
            title={t('alarm.title', { time: format.dayAndTime(alarm.at) })}
            action={<ButtonLink href="/password">{t('alarm.action')}</ButtonLink>}
          >
            {t('alarm.text')}
          </Banner>
        </div>
      )}
      {questions.length > 0 && <Questions signIns={questions} busy={busy} onAnswer={answerFor} />}
      <div id={HEAD} tabIndex={-1}>
        <Section
          first={questions.length === 0}
          title={t('live.title')}
          count={t('live.count', { count: live.length })}
          action={
            others.length > 0 && (
              <Button id={END_OTHERS} kind="danger-quiet" size="sm" onClick={() => (behalf ? void endFor(behalf, 'all') : setAsking(true))}>
                {t('live.endOthers')}
              </Button>
            )
          }
        >
          <LiveSessions sessions={live} busy={busy} onEnd={end} />
        </Section>
      </div>
      <Section title={t('recent.title')}>
        <RecentSignIns signIns={recent} marked={check} />
      </Section>
      {asking && (
        <Suspense>
          <EndOthers count={others.length} onEnded={othersEnded} onClose={closeQuestion} />
        </Suspense>
      )}
    </>
  )
}

/** The ids of the rows that take over when this one is gone: the next, else the one before. */
function neighboursOf(rows: SignInRecord[], gone: SignInRecord): string[] {
  const at = rows.indexOf(gone)
  return [rows[at + 1], rows[at - 1]].flatMap((row) => (row ? [row.id] : []))
}
