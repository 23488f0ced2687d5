'use client'
import Check from 'lucide-react/icons/check'
import CircleX from 'lucide-react/icons/circle-x'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import type { DeletedCount } from '#lib/features/restore/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

/** Whether there is room for so many octets more. */
export function Room({ counted, bytes }: { counted: DeletedCount; bytes: number }) {
  const t = useTranslations('restore.room')
  const format = useFormat()
  const after = counted.usedAfter - counted.bytes + bytes
  const { limitBytes } = counted
  if (limitBytes !== null && after > limitBytes) {
    return (
      <Status kind="stop" icon={<CircleX />}>
        {t('short', { over: format.size(after - limitBytes) })}
      </Status>
    )
  }
  return (
    <Status kind="ok" icon={<Check />}>
      {limitBytes === null
        ? t('free', { after: format.size(after) })
        : t('enough', { after: format.size(after), limit: format.size(limitBytes) })}
    </Status>
  )
}
