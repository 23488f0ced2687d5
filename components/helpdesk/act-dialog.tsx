'use client'
import { useTranslations } from 'next-intl'
import type { Call } from '#components/ui/call.ts'
import { WarrantDialog } from '#components/ui/warrant-dialog.tsx'
import { requestUnbindingAction, unlockAccountAction } from '#lib/features/helpdesk/actions.ts'
import type { HelpdeskAct } from '#lib/platform/notices/kinds.ts'
import type { Result } from '#lib/platform/operation.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import type { Verified } from './acts.tsx'
import type { ActsOfOthers } from './acts-of-others.ts'

export type Kind = 'pass' | Exclude<Done['kind'], 'pass'>
export type Done =
  | { kind: 'pass'; issued: { pass: string; expiresAt: Date } }
  | { kind: 'unlock' | 'sessions' | 'suspend' | 'revokeAll' | 'unbind'; count: number }

const OPERATIONS = {
  unlock: 'helpdesk.unlock',
  pass: 'reset.issue-pass',
  sessions: 'sso.end-others',
  suspend: 'app-passwords.switch',
  revokeAll: 'app-passwords.revoke-all',
  unbind: 'helpdesk.request-phone-unbinding',
} as const satisfies Record<Kind, HelpdeskAct>

/** The usual ones. */
const REASONS = {
  unlock: ['mistyped'],
  pass: ['forgot', 'stolen'],
  sessions: ['unknownDevice', 'stolen'],
  suspend: ['lostDevice', 'stolen'],
  revokeAll: ['stolen', 'lostDevice'],
  unbind: ['lostPhone', 'oldNumber'],
} as const

interface Props {
  kind: Kind
  account: Verified
  reference: string
  call: Call
  others: ActsOfOthers
  fresh: () => boolean
  onDone: (done: Done) => void
  onClose: () => void
}

export function ActDialog({ kind, account, reference, call, others, fresh, onDone, onClose }: Props) {
  const t = useTranslations('helpdesk.acts')
  const common = {
    ...{ call, onClose, operation: OPERATIONS[kind], reasons: REASONS[kind].map((reason) => t(`reasons.${reason}`)) },
    ...{ title: t(`${kind}.title`), confirm: t(`${kind}.confirm`), busyLabel: t(`${kind}.busy`), failed: t(`${kind}.failed`) },
    danger: kind === 'revokeAll',
    children: t(`${kind}.will`, { count: account.details.appPasswords.active }),
  }
  if (kind === 'pass')
    return (
      <WarrantDialog
        {...common}
        stepUp={{ fresh, help: t('pass.stepUp'), returnTo: `/desk/helpdesk/${reference}?do=pass` }}
        act={(warrant, key) => others.issuePass({ mailbox: reference }, key, warrant)}
        onDone={(issued) => onDone({ kind, issued })}
      />
    )
  return <WarrantDialog {...common} act={act(kind)} onDone={(count) => onDone({ kind, count })} />

  /** Answers with how many it concerned. */
  function act(of: Exclude<Kind, 'pass'>): (warrant: Warrant, key: string) => Promise<Result<number>> {
    const whose = { mailbox: reference }
    return async (warrant, key) => {
      switch (of) {
        case 'unlock':
          return counted(await unlockAccountAction(whose, key, warrant), () => 1)
        case 'unbind':
          return counted(await requestUnbindingAction(whose, key, warrant), () => 1)
        case 'sessions':
          return counted(await others.endSessions(whose, key, warrant), ({ ended }) => ended)
        case 'suspend':
          return counted(await others.switchAppPasswords({ ...whose, on: false }, key, warrant), () => 1)
        case 'revokeAll':
          return counted(await others.revokeAppPasswords(whose, key, warrant), ({ revoked }) => revoked)
      }
    }
  }
}

const counted = <T,>(answer: Result<T>, count: (data: T) => number): Result<number> =>
  answer.ok ? { ...answer, data: count(answer.data) } : answer
