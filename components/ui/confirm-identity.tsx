'use client'
import BadgeCheck from 'lucide-react/icons/badge-check'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'

interface Props {
  /** Before what, and what becomes of what was filled in. */
  children: ReactNode
  /** Where to come back to. */
  returnTo: string
  /** The person came here by a step of this page, so the heading takes the focus. */
  arrived?: boolean
  /** Absent where there is nothing to go back to. */
  onBack?: () => void
}

/** Asks for a fresh sign-in (T18). A plain form: the browser leaves for the identity provider. */
export function ConfirmIdentity({ children, returnTo, arrived = true, onBack }: Props) {
  const t = useTranslations('common.confirm')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrived) heading.current?.focus()
  }, [arrived])
  return (
    <form action="/api/auth/start" method="post" className="max-w-120">
      <input type="hidden" name="again" value="1" />
      <input type="hidden" name="return" value={returnTo} />
      <BadgeCheck className="mb-3 size-6 text-ink-3" />
      <h2 ref={heading} tabIndex={-1} className="outline-none">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-2">{children}</p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="primary">
          {t('button')}
        </Button>
        {onBack && <Button onClick={onBack}>{t('back')}</Button>}
      </div>
    </form>
  )
}
