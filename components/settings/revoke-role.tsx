'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { revokeRoleAction } from '#lib/features/settings/actions.ts'
import type { RoleState } from '#lib/features/settings/schema.ts'

interface Props {
  given: RoleState['groups'][number]
  onStepUp: () => void
  onDone: (text: string) => void
  onClose: () => void
}

/** One person is enough to take a role away; why, the other administrators read. */
export default function RevokeRole({ given: { role, group }, onStepUp, onDone, onClose }: Props) {
  const t = useTranslations('settings.roles.revoking')
  const names = useTranslations('settings.roles.names')
  const common = useTranslations('common')
  const router = useRouter()
  const form = useId()
  const [reason, setReason] = useState('')
  const { busy, refused, act } = useAct()
  const words = { role: names(role), group }
  const wrong = refused?.fields?.includes('reason')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act(async () => {
      const answer = await revokeRoleAction({ role, group, reason })
      if (!answer.ok && answer.code === 'step_up_required') {
        onClose()
        onStepUp()
      }
      return answer
    })
    if (!done) return
    onClose()
    router.refresh()
    onDone(t('done', words))
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', words)}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="danger-solid" busy={busy} busyLabel={t('revoking')}>
            {t('revoke')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && !wrong && (
          <div className="mt-4" key={refused.attempt}>
            <Refusal title={t('failed')} refusal={refused} />
          </div>
        )}
        <TextField
          label={t('reason')}
          error={wrong ? t('reasonWrong') : undefined}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => setReason(target.value)}
        />
      </form>
    </Dialog>
  )
}
