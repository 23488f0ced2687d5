'use client'
import { useTranslations } from 'next-intl'
import type { FormEvent, ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface Props {
  /** Of the form. */
  id: string
  title: string
  help?: ReactNode
  /** The button that sends it, and while it is sent. */
  send: string
  sending: string
  busy: boolean
  onSend: (form: HTMLFormElement) => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog. What was typed stands until it is closed, however often it is refused. */
export function FormDialog({ id, title, help, send, sending, busy, onSend, onClose, children }: Props) {
  const t = useTranslations('common')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSend(event.currentTarget)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      help={help}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={id} kind="primary" busy={busy} busyLabel={sending}>
            {send}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate>
        {children}
      </form>
    </Dialog>
  )
}
