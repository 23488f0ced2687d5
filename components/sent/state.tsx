import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import Hourglass from 'lucide-react/icons/hourglass'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import type { RecallState, SentMail } from '#lib/features/sent/schema.ts'

type State = 'delivered' | 'some' | 'waiting' | 'refused' | 'recalling' | 'recalled' | 'approval' | 'notApproved'

const OF_RECALL: Record<RecallState, State> = {
  ...{ queued: 'recalling', running: 'recalling', done: 'recalled' },
  ...{ waiting_approval: 'approval', refused: 'notApproved' },
}

const LOOKS: Record<State, { kind: StatusKind; icon: ReactNode }> = {
  delivered: { kind: 'ok', icon: <Check /> },
  some: { kind: 'wait', icon: <Clock /> },
  waiting: { kind: 'wait', icon: <Clock /> },
  refused: { kind: 'stop', icon: <Ban /> },
  recalling: { kind: 'wait', icon: <LoaderCircle className="animate-spin motion-reduce:hidden" /> },
  recalled: { kind: 'off', icon: <Undo2 /> },
  approval: { kind: 'hold', icon: <Hourglass /> },
  notApproved: { kind: 'stop', icon: <Ban /> },
}

function stateOf({ fates: { arrived = 0, waiting = 0, refused = 0 }, recall }: SentMail): State {
  if (recall) return OF_RECALL[recall]
  if (waiting + refused === 0) return 'delivered'
  if (arrived > 0) return 'some'
  return waiting > 0 ? 'waiting' : 'refused'
}

/** Icon and word for what became of a sent mail as a whole. */
export function State({ mail }: { mail: SentMail }) {
  const t = useTranslations('sent.state')
  const state = stateOf(mail)
  const { arrived = 0, waiting = 0, refused = 0 } = mail.fates
  const look = state === 'some' && waiting === 0 ? LOOKS.refused : LOOKS[state]
  return (
    <Status kind={look.kind} icon={look.icon}>
      {t(state, { arrived, total: arrived + waiting + refused })}
    </Status>
  )
}
