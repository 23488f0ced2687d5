import { useTranslations } from 'next-intl'
import { QrCode } from '#components/ui/qr-code.tsx'

/** From the computer's screen to the phone; on the phone there is nothing to scan. */
export function PageCode({ pageUrl, children }: { pageUrl: string; children: string }) {
  const t = useTranslations('client-setup.steps')
  return (
    <figure className="max-md:hidden">
      <div className="ui-qr">
        <QrCode text={pageUrl} label={t('qrPage')} />
      </div>
      <figcaption className="mt-1.5 max-w-36 text-ink-3 text-xs">{children}</figcaption>
    </figure>
  )
}
