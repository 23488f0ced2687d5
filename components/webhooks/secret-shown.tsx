'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Secret } from '#components/ui/secret.tsx'

interface Props {
  host: string
  secret: string
  /** There was one before, which signs along. */
  renewed: boolean
  onClose: () => void
}

/** The secret, this once: only its button closes it. */
export default function SecretShown({ host, secret, renewed, onClose }: Props) {
  const t = useTranslations('webhooks.secret')
  const saved = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={() => saved.current?.focus()}
      keepOpen
      wide
      title={t('title', { host })}
      help={
        <>
          {t('once')} {renewed && t('overlap')}
        </>
      }
      footer={
        <Button ref={saved} onClick={onClose}>
          {t('saved')}
        </Button>
      }
    >
      <div className="mt-4">
        <Secret value={secret} group={8}>
          <div className="mt-5 border-line border-t">
            <Facts narrow>
              <Fact label={t('header')}>
                <code>webhook-signature</code>
              </Fact>
              <Fact label={t('scheme')}>Standard Webhooks · HMAC-SHA-256</Fact>
            </Facts>
          </div>
        </Secret>
      </div>
    </Dialog>
  )
}
