'use client'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import type { DialogProps } from './dialog.tsx'
import { allowInjectedStyle } from './style-nonce.ts'

allowInjectedStyle()

export default function DialogPanel({ open, onOpenChange, title, help, wide, keepOpen, footer, footerStart, children }: DialogProps) {
  const t = useTranslations('common')
  const stay = keepOpen ? (event: Event) => event.preventDefault() : undefined
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="ui-overlay">
          <Dialog.Content
            className={cx('ui-dialog', wide && 'ui-dialog-wide')}
            onEscapeKeyDown={stay}
            onPointerDownOutside={stay}
            {...(help ? {} : { 'aria-describedby': undefined })}
          >
            <div className="ui-dialog-body">
              <Dialog.Title className="pr-8">{title}</Dialog.Title>
              {help && <Dialog.Description className="mt-1 text-ink-2 text-sm">{help}</Dialog.Description>}
              {children}
            </div>
            {(footer || footerStart) && (
              <div className="ui-dialog-foot">
                {footerStart && <div className="mr-auto">{footerStart}</div>}
                {footer}
              </div>
            )}
            {/* Last in order, so that the focus starts on the first field and not on the way out. */}
            {!keepOpen && (
              <div className="ui-dialog-close">
                <Dialog.Close asChild>
                  <Button kind="icon" size="sm" label={t('close')}>
                    <X />
                  </Button>
                </Dialog.Close>
              </div>
            )}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
