'use client'
import { useTranslations } from 'next-intl'
import { CheckList } from '#components/ui/check-list.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import type { Changed } from '#lib/features/password/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

/** The record is the receipt. */
export function Receipt({ changed: { at, sessionsEnded }, reference }: { changed: Changed; reference: string }) {
  const t = useTranslations('password.done')
  const format = useFormat()
  return (
    <Focused>
      <Stamp title={t('title')} time={format.dayAndTime(at)}>
        <div className="mt-3">
          <CheckList
            items={(['sessions', 'clients', 'told'] as const).map((key) => ({
              key,
              text: t(key, { count: sessionsEnded }),
              state: 'met',
            }))}
          />
        </div>
        <p className="mt-3">
          <Reference value={reference} />
        </p>
      </Stamp>
    </Focused>
  )
}
