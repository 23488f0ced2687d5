'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  reference: string
  at: Date
  address: string
  onAnother: () => void
}

/** The record is the receipt. */
export function Receipt({ reference, at, address, onAnother }: Props) {
  const t = useTranslations('help.write')
  const format = useFormat()
  return (
    <Focused className="mt-4">
      <Stamp title={t('done')} time={format.dayAndTime(at)}>
        <p className="mt-1">{t('doneText', { address })}</p>
        <p className="mt-1">
          <Reference value={reference} />
        </p>
        <p className="mt-4">
          <Button onClick={onAnother}>{t('another')}</Button>
        </p>
      </Stamp>
    </Focused>
  )
}
