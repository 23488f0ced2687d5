'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  /** `before`: its number is known from the mail only. */
  sent: { reference: string; at: Date } | 'before'
  address: string
  onAnother: () => void
}

/** The record is the receipt. */
export function Receipt({ sent, address, onAnother }: Props) {
  const t = useTranslations('help.write')
  const format = useFormat()
  return (
    <Focused className="mt-4">
      <Stamp title={t('done')} time={sent !== 'before' && format.dayAndTime(sent.at)}>
        <p className="mt-1">{sent === 'before' ? t('doneBefore', { address }) : t('doneText', { address })}</p>
        {sent !== 'before' && (
          <p className="mt-1">
            <Reference value={sent.reference} />
          </p>
        )}
        <p className="mt-4">
          <Button onClick={onAnother}>{t('another')}</Button>
        </p>
      </Stamp>
    </Focused>
  )
}
