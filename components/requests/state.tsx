'use client'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import UserRoundPen from 'lucide-react/icons/user-round-pen'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import type { Colleague, QueuedRequest } from '#lib/features/requests/schema.ts'

/** `你`, `you`; of others the name. */
export function useNameOf() {
  const t = useTranslations('requests')
  return ({ name, self }: Colleague) => (self ? t('you') : name)
}

export const isWaiting = ({ state }: Pick<QueuedRequest, 'state'>) => state === 'open' || state === 'taken'

/** How a request stands, and who has it or has decided it. */
export function State({ request: { state, takenBy, firstBy, decidedBy } }: { request: QueuedRequest }) {
  const t = useTranslations('requests.state')
  const nameOf = useNameOf()
  if (state === 'taken' && takenBy) {
    return (
      <Status kind="wait" icon={<UserRoundPen />}>
        {t('takenBy', { name: nameOf(takenBy) })}
      </Status>
    )
  }
  if (state === 'open' && firstBy) {
    return (
      <Status kind="hold" icon={<UserRoundCheck />}>
        {t('first', { name: nameOf(firstBy) })}
      </Status>
    )
  }
  if (state === 'open' || state === 'taken') {
    return (
      <Status kind="off" icon={<CircleDashed />}>
        {t('open')}
      </Status>
    )
  }
  return (
    <Status kind={state === 'refused' ? 'off' : 'ok'} icon={state === 'refused' ? <Ban /> : <Check />}>
      {t('decided', { what: t(state), name: decidedBy ? nameOf(decidedBy) : '' })}
    </Status>
  )
}
