'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Section } from '#components/ui/section.tsx'
import { useCountdown } from '#components/ui/use-countdown.ts'
import { useInUse } from '#components/ui/use-in-use.ts'
import { useVisible } from '#components/ui/use-visible.ts'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { clock } from './clock.ts'

interface Props extends Pick<Account, 'sign'> {
  first?: boolean
}

/** What the owner sees too while this page is open, so that a caller can ask for it. */
export function AgentSign({ sign: { digits, changesInSeconds }, first }: Props) {
  const t = useTranslations('helpdesk.sign')
  const router = useRouter()
  const [visible, inUse] = [useVisible(), useInUse()]
  const left = useCountdown(changesInSeconds, digits)
  useEffect(() => {
    // In a tab that nobody sees, or where nobody is, the account is not looked at again, and the session grows idle (T15).
    if (left === 0 && visible && inUse) router.refresh()
  }, [left, visible, inUse, router])
  return (
    <Section
      first={first}
      title={t('title')}
      action={<span className="whitespace-nowrap text-ink-3 text-sm tabular-nums">{t('changes', { time: clock(left) })}</span>}
    >
      <p className="mt-3 max-w-measure text-ink-2">{t('text')}</p>
      <p className="mt-2 font-semibold text-2xl tabular-nums tracking-wider">
        <span className="mr-3">{digits.slice(0, 3)}</span>
        {digits.slice(3)}
      </p>
    </Section>
  )
}
