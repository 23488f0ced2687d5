'use client'
import { useTranslations } from 'next-intl'
import { Fact } from '#components/ui/facts.tsx'
import { SecretDialog } from '#components/ui/secret-dialog.tsx'
import type { CreatedToken } from '#lib/features/tokens/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { SCOPE_WORDS } from './scope-words.ts'

interface Props {
  created: CreatedToken
  onClose: () => void
}

export default function SecretShown({ created: { secret, name, scopes, expiresAt }, onClose }: Props) {
  const t = useTranslations('tokens')
  const format = useFormat()
  return (
    <SecretDialog
      title={t('secret.title', { name })}
      help={t('secret.once')}
      saved={t('secret.saved')}
      onClose={onClose}
      value={secret}
      group={8}
    >
      <Fact label={t('secret.use')}>
        <code>Authorization: Bearer …</code>
      </Fact>
      <Fact label={t('secret.scopes')}>{scopes.map((scope) => t(`scope.${SCOPE_WORDS[scope]}`)).join(' · ')}</Fact>
      <Fact label={t('secret.expires')}>
        <span className="tabular-nums">{format.date(expiresAt)}</span>
      </Fact>
    </SecretDialog>
  )
}
