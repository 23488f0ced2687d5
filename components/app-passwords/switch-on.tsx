'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

interface Props {
  /** How many come back to life. */
  suspended: number
  onSwitchOn: () => Promise<void>
  onClose: () => void
}

/** After the way to the identity provider: what a link opens must not act by itself (T21). */
export default function SwitchOn({ suspended, onSwitchOn, onClose }: Props) {
  const t = useTranslations('app-passwords')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const switchOn = async () => {
    setBusy(true)
    await onSwitchOn()
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('switchOn.title')}
      help={t('switchOn.text', { count: suspended })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button kind="primary" autoFocus busy={busy} busyLabel={t('feature.switchingOn')} onClick={switchOn}>
            {t('feature.switchOn')}
          </Button>
        </>
      }
    />
  )
}
