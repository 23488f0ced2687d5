'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { decideRoleAction } from '#lib/features/settings/actions.ts'
import type { RoleChange } from '#lib/features/settings/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  waiting: RoleChange[]
  isFresh: () => boolean
  onStepUp: () => void
  onDone: (text: string) => void
}

/** What one has asked for and another has to approve. */
export function WaitingRoles({ waiting, isFresh, onStepUp, onDone }: Props) {
  const t = useTranslations('settings.roles.waiting')
  const names = useTranslations('settings.roles.names')
  const format = useFormat()
  const router = useRouter()
  const { busy, refused, asksIdentity, act, askIdentity } = useAct()
  useEffect(() => {
    if (!asksIdentity) return
    askIdentity(false)
    onStepUp()
  }, [asksIdentity, askIdentity, onStepUp])

  const decide = async ({ id, role, group }: RoleChange, decision: 'approve' | 'withdraw') => {
    if (decision === 'approve' && !isFresh()) return onStepUp()
    if (!(await act(() => decideRoleAction({ id, decision })))) return
    router.refresh()
    onDone(t(decision === 'approve' ? 'approved' : 'withdrawn', { role: names(role), group }))
  }

  return (
    <Section title={t('title')} count={t('count', { count: waiting.length })} first>
      {refused && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={t('failed')} refusal={refused} />
        </div>
      )}
      <ul className="mt-4 grid gap-2">
        {waiting.map((change) => (
          <li key={change.id}>
            <Banner
              kind="hold"
              title={t('what', { role: names(change.role), group: change.group })}
              action={
                <span className="flex flex-wrap gap-2">
                  {!change.own && (
                    <Button size="sm" busy={busy} onClick={() => decide(change, 'approve')}>
                      {t('approve')}
                    </Button>
                  )}
                  <Button kind="quiet" size="sm" busy={busy} onClick={() => decide(change, 'withdraw')}>
                    {t(change.own ? 'withdraw' : 'refuse')}
                  </Button>
                </span>
              }
            >
              <p>{t('why', { by: change.askedBy, at: format.moment(change.askedAt), reason: change.reason })}</p>
              {change.own && <p>{t('own')}</p>}
            </Banner>
          </li>
        ))}
      </ul>
    </Section>
  )
}
