'use client'
import { useTranslations } from 'next-intl'
import { Fact } from '#components/ui/facts.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { SecretDialog } from '#components/ui/secret-dialog.tsx'
import type { CreatedAppPassword } from '#lib/features/app-passwords/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { lastDay } from './expiry.ts'

interface Props {
  created: CreatedAppPassword
  onClose: () => void
}

export default function SecretShown({ created: { secret, name, address, protocols, servers, expiresAt, sentTo }, onClose }: Props) {
  const t = useTranslations('app-passwords.secret')
  const format = useFormat()
  return (
    <SecretDialog
      title={t('title', { name })}
      help={t('once')}
      saved={t('saved')}
      onClose={onClose}
      value={secret}
      qr={<QrCode text={secret} label={t('qr')} />}
      qrNote={t('qrNote')}
    >
      <Fact label={t('user')}>{address}</Fact>
      {protocols.includes('imap') && <Server label="IMAP" address={servers.imap} />}
      {protocols.includes('smtp') && <Server label="SMTP" address={servers.smtp} />}
      <Fact label={t('expires')}>
        <span className="tabular-nums">{format.date(lastDay(expiresAt))}</span>
      </Fact>
      {sentTo && <Fact label={t('sms')}>{t('sentTo', { phone: sentTo })}</Fact>}
    </SecretDialog>
  )
}

function Server({ label, address }: { label: string; address: string }) {
  return (
    <Fact label={label}>
      <code>{address} TLS</code>
    </Fact>
  )
}
