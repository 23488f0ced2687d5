'use client'
import Check from 'lucide-react/icons/check'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { Toast } from 'radix-ui'
import { buttonClass } from './button.tsx'
import { dismiss, type ShownToast } from './toast.tsx'

export default function ToastPanel({ toasts }: { toasts: ShownToast[] }) {
  const t = useTranslations('common')
  return (
    <Toast.Provider swipeDirection="right" label={t('notifications', { hotkey: 'F8' })}>
      {toasts.map((toast) => (
        <Item key={toast.id} toast={toast} close={t('close')} />
      ))}
      <Toast.Viewport hotkey={['F8']} label={t('notifications', { hotkey: '{hotkey}' })} className="ui-toasts" />
    </Toast.Provider>
  )
}

function Item({ toast, close }: { toast: ShownToast; close: string }) {
  return (
    <Toast.Root className="ui-toast" duration={toast.undo ? 10_000 : 5_000} onOpenChange={(open) => open || dismiss(toast.id)}>
      {toast.icon ?? <Check />}
      <Toast.Description>{toast.text}</Toast.Description>
      <span className="flex">
        {toast.undo && (
          <Toast.Action altText={toast.undo.label} onClick={toast.undo.onUndo} className={buttonClass({ kind: 'quiet', size: 'sm' })}>
            {toast.undo.label}
          </Toast.Action>
        )}
        <Toast.Close className={buttonClass({ kind: 'icon', size: 'sm' })}>
          <X />
          <span className="sr-only">{close}</span>
        </Toast.Close>
      </span>
    </Toast.Root>
  )
}
