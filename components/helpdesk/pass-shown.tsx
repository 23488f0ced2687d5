'use client'
import { useTranslations } from 'next-intl'
import { Fact } from '#components/ui/facts.tsx'
import { SecretDialog } from '#components/ui/secret-dialog.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { spelled } from './spelled.ts'

interface Props {
  issued: { pass: string; expiresAt: Date }
  name: string
  onClose: () => void
}

/** The pass, this once, as it is read out. */
export function PassShown({ issued: { pass, expiresAt }, name, onClose }: Props) {
  const t = useTranslations('helpdesk.pass')
  const format = useFormat()
  return (
    <SecretDialog title={t('title', { name })} help={t('once')} saved={t('close')} onClose={onClose} value={pass}>
      <Fact label={t('spelled')}>
        {spelled(pass).map((words, place) => (
          <span key={place} className="block">
            {words}
          </span>
        ))}
      </Fact>
      <Fact label={t('where')}>{t('whereText')}</Fact>
      <Fact label={t('until')}>
        <span className="tabular-nums">{format.time(expiresAt)}</span>
      </Fact>
    </SecretDialog>
  )
}
