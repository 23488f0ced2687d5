'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

export type StepUpFor = 'generate' | 'switchOn'

interface Props {
  /** What the sign-in is for; the page opens that again after it. */
  wanted: StepUpFor
  onClose: () => void
}

/** Leads to the identity provider, which asks for the password anew, and back. */
export default function StepUp({ wanted, onClose }: Props) {
  const t = useTranslations('app-passwords.stepUp')
  const common = useTranslations('common')
  const form = useId()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      help={t(wanted)}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" autoFocus>
            {t('go')}
          </Button>
        </>
      }
    >
      <form id={form} action="/api/auth/start" method="post">
        <input type="hidden" name="again" value="1" />
        <input type="hidden" name="return" value={`/app-passwords?do=${wanted}`} />
      </form>
    </Dialog>
  )
}
