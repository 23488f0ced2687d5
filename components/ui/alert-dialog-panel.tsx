'use client'
import { useTranslations } from 'next-intl'
import { AlertDialog } from 'radix-ui'
import type { AlertDialogProps } from './alert-dialog.tsx'
import { Button, buttonClass } from './button.tsx'
import { allowInjectedStyle } from './style-nonce.ts'

allowInjectedStyle()

export default function AlertDialogPanel(props: AlertDialogProps) {
  const t = useTranslations('common')
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => (props.busy ? undefined : props.onOpenChange(open))}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="ui-overlay">
          <AlertDialog.Content className="ui-dialog">
            <div className="ui-dialog-body">
              <AlertDialog.Title>{props.title}</AlertDialog.Title>
              <AlertDialog.Description className="mt-1 text-ink-2">{props.description}</AlertDialog.Description>
              {props.error && <div className="mt-4">{props.error}</div>}
            </div>
            <div className="ui-dialog-foot">
              <AlertDialog.Cancel className={buttonClass()}>{props.cancel ?? t('cancel')}</AlertDialog.Cancel>
              <Button
                kind={props.harmless ? 'primary' : 'danger-solid'}
                busy={props.busy}
                busyLabel={props.busyLabel}
                onClick={props.onConfirm}
              >
                {props.confirm}
              </Button>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
