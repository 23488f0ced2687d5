'use client'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Copy from 'lucide-react/icons/copy'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button, type ButtonKind, type ButtonSize } from './button.tsx'
import { Status } from './status.tsx'

interface Props {
  value: string
  kind?: ButtonKind
  size?: ButtonSize
  children?: ReactNode
}

/** Copies exactly `value` and says so. */
export function CopyButton({ value, kind, size, children }: Props) {
  const t = useTranslations('common')
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setOutcome('copied')
    } catch {
      setOutcome('notCopied')
    }
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-3 has-[>[role=status]:empty]:gap-0">
      <Button kind={kind} size={size} onClick={copy}>
        <Copy />
        {children ?? t('copy')}
      </Button>
      <span role="status" className="text-sm">
        {outcome && (
          <Status kind={outcome === 'copied' ? 'ok' : 'hold'} icon={outcome === 'copied' ? <Check /> : <CircleAlert />}>
            {t(outcome)}
          </Status>
        )}
      </span>
    </span>
  )
}
