'use client'
import { useTranslations } from 'next-intl'
import { Fact } from '#components/ui/facts.tsx'
import { SecretDialog } from '#components/ui/secret-dialog.tsx'

interface Props {
  host: string
  secret: string
  /** There was one before, which signs along. */
  renewed: boolean
  onClose: () => void
}

export default function SecretShown({ host, secret, renewed, onClose }: Props) {
  const t = useTranslations('webhooks.secret')
  return (
    <SecretDialog
      title={t('title', { host })}
      help={
        <>
          {t('once')} {renewed && t('overlap')}
        </>
      }
      saved={t('saved')}
      onClose={onClose}
      value={secret}
      group={8}
    >
      <Fact label={t('header')}>
        <code>webhook-signature</code>
      </Fact>
      <Fact label={t('scheme')}>Standard Webhooks · HMAC-SHA-256</Fact>
    </SecretDialog>
  )
}
