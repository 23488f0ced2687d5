'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Acts } from './use-acts.ts'

/** What was refused, or what became of those that nothing was done with. */
export function ActsTold({ refused, rest }: { refused: Acts['refused']; rest: string[] }) {
  const t = useTranslations('received')
  if (refused) {
    return (
      <div className="mb-3">
        <Refusal key={refused.attempt} title={t(`failed.${refused.act}`)} refusal={refused.answer} />
      </div>
    )
  }
  const [first, ...others] = rest
  if (!first) return null
  return (
    <div className="mb-3">
      <Banner kind="wait" role="status" title={first}>
        {others.length > 0 && others.join(' ')}
      </Banner>
    </div>
  )
}
