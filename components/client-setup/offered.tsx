'use client'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import type { OfferedProfile } from '#lib/features/client-setup/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  offered: OfferedProfile
  name: string
  onClose: () => void
}

/** The link, this once: it lives in this component's props and nowhere else. */
export default function Offered({ offered: { url, expiresAt }, name, onClose }: Props) {
  const t = useTranslations('client-setup.profile.offer')
  const format = useFormat()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      keepOpen
      title={t('title', { name })}
      help={t('help', { time: format.time(expiresAt) })}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
      footerStart={
        <a href={url} className={buttonClass({ kind: 'quiet' })} data-kind="quiet">
          <Download />
          {t('here')}
        </a>
      }
    >
      <figure className="mt-4">
        <div className="ui-qr">
          <QrCode text={url} label={t('qr')} />
        </div>
        <figcaption className="mt-1.5 text-ink-3 text-xs">{t('qrNote')}</figcaption>
      </figure>
      <p className="mt-4 text-ink-2">{t('after')}</p>
    </Dialog>
  )
}
