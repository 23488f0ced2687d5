'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { Secret } from '#components/ui/secret.tsx'
import type { CreatedAppPassword } from '#lib/features/app-passwords/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { lastDay } from './expiry.ts'

interface Props {
  created: CreatedAppPassword
  onClose: () => void
}

/** The secret, this once. It lives in this component's props and nowhere else, and only its button closes it. */
export default function SecretShown({ created: { secret, name, address, protocols, servers, expiresAt, sentTo }, onClose }: Props) {
  const t = useTranslations('app-passwords.secret')
  const format = useFormat()
  const saved = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={() => saved.current?.focus()}
      keepOpen
      wide
      title={t('title', { name })}
      help={t('once')}
      footer={
        <Button ref={saved} onClick={onClose}>
          {t('saved')}
        </Button>
      }
    >
      <div className="mt-4">
        <Secret value={secret} qr={<QrCode text={secret} label={t('qr')} />} qrNote={t('qrNote')}>
          <div className="mt-5 border-line border-t">
            <Facts narrow>
              <Fact label={t('user')}>{address}</Fact>
              {protocols.includes('imap') && <Server label="IMAP" address={servers.imap} />}
              {protocols.includes('smtp') && <Server label="SMTP" address={servers.smtp} />}
              <Fact label={t('expires')}>
                <span className="tabular-nums">{format.date(lastDay(expiresAt))}</span>
              </Fact>
              {sentTo && <Fact label={t('sms')}>{t('sentTo', { phone: sentTo })}</Fact>}
            </Facts>
          </div>
        </Secret>
      </div>
    </Dialog>
  )
}

function Server({ label, address }: { label: string; address: string }) {
  return (
    <Fact label={label}>
      <code>{address} TLS</code>
    </Fact>
  )
}
