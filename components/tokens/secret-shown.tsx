'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Secret } from '#components/ui/secret.tsx'
import type { CreatedToken } from '#lib/features/tokens/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { SCOPE_WORDS } from './scope-words.ts'

interface Props {
  created: CreatedToken
  onClose: () => void
}

/** The token, this once: only its button closes it. */
export default function SecretShown({ created: { secret, name, scopes, expiresAt }, onClose }: Props) {
  const t = useTranslations('tokens')
  const format = useFormat()
  const saved = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={() => saved.current?.focus()}
      keepOpen
      wide
      title={t('secret.title', { name })}
      help={t('secret.once')}
      footer={
        <Button ref={saved} onClick={onClose}>
          {t('secret.saved')}
        </Button>
      }
    >
      <div className="mt-4">
        <Secret value={secret} group={8}>
          <div className="mt-5 border-line border-t">
            <Facts narrow>
              <Fact label={t('secret.use')}>
                <code>Authorization: Bearer …</code>
              </Fact>
              <Fact label={t('secret.scopes')}>{scopes.map((scope) => t(`scope.${SCOPE_WORDS[scope]}`)).join(' · ')}</Fact>
              <Fact label={t('secret.expires')}>
                <span className="tabular-nums">{format.date(expiresAt)}</span>
              </Fact>
            </Facts>
          </div>
        </Secret>
      </div>
    </Dialog>
  )
}
