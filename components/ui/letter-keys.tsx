'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { switchLetterKeys, useLetterKeys } from './use-keys.ts'

/**
 * Which keys there are, and the switch for the single letters (WCAG 2.1.4). Not where there is no keyboard. `choosing`: rows can be
 * chosen.
 */
export function LetterKeys({ choosing = true }: { choosing?: boolean }) {
  const t = useTranslations('common.keys')
  const on = useLetterKeys()
  const key = (text: React.ReactNode) => <kbd className="ui-kbd">{text}</kbd>
  return (
    <span className="flex items-center gap-2 max-lg:hidden pointer-coarse:hidden">
      {on && <span className="text-ink-2">{t.rich(choosing ? 'hint' : 'hintOpen', { key })}</span>}
      <Button kind="quiet" size="sm" onClick={() => switchLetterKeys(!on)}>
        {t(on ? 'off' : 'on')}
      </Button>
    </span>
  )
}
