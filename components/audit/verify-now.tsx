'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { verifyChainAction } from '#lib/features/audit/actions.ts'
import { verifiedAt } from '#lib/features/audit/queries.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'

const LOOKS = 60
const EVERY_MS = 1_000

/** Has the worker walk the chain, and shows what came of it when it is there. */
export function VerifyNow({ since }: { since: Date | null }) {
  const [t, errors] = [useTranslations('audit.chain'), useTranslations('errors')]
  const router = useRouter()
  const [pending, start] = useTransition()
  const [told, tell] = useState<ErrorCode | 'slow' | null>(null)
  const verify = () =>
    start(async () => {
      tell(null)
      const asked = await verifyChainAction({})
      if (!asked.ok) return tell(asked.code)
      for (let look = 0; look < LOOKS; look++) {
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
        const at = await verifiedAt().catch(() => null)
        if (at !== null && at !== since?.getTime()) return start(() => router.refresh())
      }
      tell('slow')
    })
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button size="sm" kind="quiet" busy={pending} busyLabel={t('verifying')} onClick={verify}>
        {t('verify')}
      </Button>
      {told && <span role="alert">{told === 'slow' ? t('slow') : errors(told)}</span>}
    </span>
  )
}
