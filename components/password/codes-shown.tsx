'use client'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { RecoveryCodes } from '#lib/features/password/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  made: RecoveryCodes
  address: string
  onClose: () => void
}

const groupsOf = (code: string) => code.match(/.{1,4}/g) ?? []

/** The codes, this once. They live in this component's props and nowhere else, and only its button closes it. */
export default function CodesShown({ made: { codes, madeAt }, address, onClose }: Props) {
  const t = useTranslations('password.shown')
  const format = useFormat()
  const kept = useRef<HTMLButtonElement>(null)
  const save = () => {
    const lines = [t('file.title', { address }), t('file.text', { day: format.date(madeAt) }), '', ...codes.map(grouped), '']
    download(lines.join('\r\n'), `${t('file.name')}.txt`)
  }
  return (
    <Dialog
      open
      onOpenChange={() => kept.current?.focus()}
      keepOpen
      wide
      title={t('title', { count: codes.length })}
      help={t('once')}
      footer={
        <Button ref={kept} onClick={onClose}>
          {t('kept')}
        </Button>
      }
    >
      <ol aria-label={t('list')} className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-6 gap-y-1">
        {codes.map((code) => (
          <li key={code} className="font-mono text-lg [font-variant-ligatures:none] [text-autospace:no-autospace]">
            {groupsOf(code).map((part, index) => (
              <span key={index} className="mr-3">
                {part}
              </span>
            ))}
          </li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <CopyButton value={codes.join('\n')} kind="primary" />
        <Button onClick={save}>
          <Download />
          {t('save')}
        </Button>
      </div>
    </Dialog>
  )
}

const grouped = (code: string) => groupsOf(code).join(' ')

function download(text: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
