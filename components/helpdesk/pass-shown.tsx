'use client'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Secret } from '#components/ui/secret.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { spelled } from './spelled.ts'

interface Props {
  issued: { pass: string; expiresAt: Date }
  name: string
  onClose: () => void
}

/** The pass, this once, as it is read out. It lives in the props of this dialog and nowhere else, and only its button closes it. */
export function PassShown({ issued: { pass, expiresAt }, name, onClose }: Props) {
  const t = useTranslations('helpdesk.pass')
  const format = useFormat()
  const read = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={() => read.current?.focus()}
      keepOpen
      wide
      title={t('title', { name })}
      help={t('once')}
      footer={
        <Button ref={read} onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <div className="mt-4">
        <Secret value={pass}>
          <div className="mt-5 border-line border-t">
            <Facts narrow>
              <Fact label={t('spelled')}>
                {spelled(pass).map((words, place) => (
                  <span key={place} className="block">
                    {words}
                  </span>
                ))}
              </Fact>
              <Fact label={t('where')}>{t('whereText')}</Fact>
              <Fact label={t('until')}>
                <span className="tabular-nums">{format.time(expiresAt)}</span>
              </Fact>
            </Facts>
          </div>
        </Secret>
      </div>
    </Dialog>
  )
}
