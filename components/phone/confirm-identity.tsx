'use client'
import BadgeCheck from 'lucide-react/icons/badge-check'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'

interface Props {
  /** Where to come back to. */
  returnTo: string
  onBack: () => void
}

/** Asks for a fresh sign-in (T18). A plain form: the browser leaves for the identity provider. */
export function ConfirmIdentity({ returnTo, onBack }: Props) {
  const t = useTranslations('phone.confirm')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <form action="/api/auth/start" method="post" className="max-w-120">
      <input type="hidden" name="again" value="1" />
      <input type="hidden" name="return" value={returnTo} />
      <BadgeCheck className="mb-3 size-6 text-ink-3" />
      <h2 ref={heading} tabIndex={-1} className="outline-none">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-2">{t('text')}</p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="primary">
          {t('button')}
        </Button>
        <Button onClick={onBack}>{t('back')}</Button>
      </div>
    </form>
  )
}
