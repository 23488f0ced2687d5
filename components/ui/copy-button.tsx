'use client'
import Check from 'lucide-react/icons/check'
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
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button kind={kind} size={size} onClick={copy}>
        <Copy />
        {children ?? t('copy')}
      </Button>
      <span role="status" className="text-sm">
        {copied && (
          <Status kind="ok" icon={<Check />}>
            {t('copied')}
          </Status>
        )}
      </span>
    </span>
  )
}
