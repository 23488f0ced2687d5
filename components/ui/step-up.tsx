'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface Props {
  /** Before what. */
  help: ReactNode
  /** Where to come back to; the page opens there what the person wanted. */
  returnTo: string
  onClose: () => void
}

/** Asks for a fresh sign-in (T18) in a dialog, for a step that is one too. */
export default function StepUp({ help, returnTo, onClose }: Props) {
  const t = useTranslations('common')
  const form = useId()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('confirm.title')}
      help={help}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" autoFocus>
            {t('confirm.button')}
          </Button>
        </>
      }
    >
      <form id={form} action="/api/auth/start" method="post">
        <input type="hidden" name="again" value="1" />
        <input type="hidden" name="return" value={returnTo} />
      </form>
    </Dialog>
  )
}
