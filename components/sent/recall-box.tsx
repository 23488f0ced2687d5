'use client'
import Check from 'lucide-react/icons/check'
import Hourglass from 'lucide-react/icons/hourglass'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { Recall, SentDetail } from '#lib/features/sent/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const RecallDialog = lazy(() => import('./recall-dialog.tsx'))
const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

const RECALL = 'recall'

interface Props {
  detail: SentDetail
  recall?: Recall
  isFresh: () => boolean
  recallWanted: boolean
  onBegun: (recall: Recall) => void
}

/** Whether the mail can be recalled, or how its recall goes. */
export function RecallBox({ detail, recall, ...rest }: Props) {
  if (recall) return <Course recall={recall} />
  if (detail.recall || !detail.recallableUntil) return null
  return <Offer id={detail.id} until={detail.recallableUntil} {...rest} />
}

function Offer({ id, until, isFresh, recallWanted, onBegun }: Omit<Props, 'detail' | 'recall'> & { id: string; until: Date }) {
  const t = useTranslations('sent.recall')
  const format = useFormat()
  const focusOn = useFocusOn()
  const [open, setOpen] = useState<'confirm' | 'stepUp' | null>(null)
  const back = `/sent?id=${id}&do=recall`
  const ask = () => setOpen(isFresh() ? 'confirm' : 'stepUp')
  const close = () => {
    setOpen(null)
    focusOn(RECALL)
  }
  useEffect(() => {
    if (!recallWanted) return
    window.history.replaceState(null, '', `/sent?id=${id}`)
    ask()
  }, [])
  return (
    <div className="mb-6 flex flex-wrap items-center gap-3">
      <Button id={RECALL} kind="danger" onClick={ask}>
        <Undo2 />
        {t('button')}
      </Button>
      <p className="flex-[1_1_14rem] text-ink-2 text-sm">{t('until', { when: format.dayAndTime(until) })}</p>
      <Suspense>
        {open === 'confirm' && <RecallDialog id={id} onBegun={onBegun} onStepUp={() => setOpen('stepUp')} onClose={close} />}
        {open === 'stepUp' && <StepUp help={t('stepUp')} returnTo={back} onClose={close} />}
      </Suspense>
    </div>
  )
}

function Course({ recall: { state, recipients } }: { recall: Recall }) {
  const t = useTranslations('sent.recall')
  const total = recipients.length
  const done = recipients.filter((each) => each.state !== 'pending').length
  const count = recipients.filter((each) => each.state === 'withdrawn').length
  return (
    <div className="mb-6">
      {state === 'waiting_approval' && (
        <Banner kind="hold" icon={<Hourglass />} title={t('waiting_approval')} role="status">
          {t('waitingText')}
        </Banner>
      )}
      {state === 'refused' && (
        <Banner kind="stop" title={t('notApproved')} role="status">
          {t('notApprovedText')}
        </Banner>
      )}
      {(state === 'queued' || state === 'running') && (
        <Banner kind="wait" title={t(state, { done, total })} role="status">
          {t('runningText')}
          <Progress label={t('running', { done, total })} value={done} max={total} />
        </Banner>
      )}
      {state === 'done' && (
        <Banner kind="plain" icon={<Check />} title={count > 0 ? t('done', { count }) : t('doneNone')} role="status">
          {t('doneText', { total })}
        </Banner>
      )}
    </div>
  )
}
