'use client'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Contact } from '#lib/features/contacts/schema.ts'
import { CardFacts } from './card-facts.tsx'
import type { Acts } from './use-acts.ts'

interface Props {
  contact: Contact
  acts: Acts
  takesFocus: boolean
  onEdit: (on: boolean) => void
  onClose: () => void
}

/** What is known of a contact, and what can be done with it. */
export function Detail({ contact, acts, takesFocus, onEdit, onClose }: Props) {
  const t = useTranslations('contacts.detail')
  return (
    <>
      <Head {...{ contact, takesFocus, onClose }} />
      <div className="mb-4 flex flex-wrap gap-2">
        <Button onClick={() => onEdit(true)}>
          <Pencil />
          {t('edit')}
        </Button>
        <Button
          kind="danger-quiet"
          busy={acts.busy === 'remove'}
          busyLabel={t('removing')}
          onClick={() => void acts.remove([contact.id], onClose)}
        >
          <Trash2 />
          {t('remove')}
        </Button>
      </div>
      <CardFacts card={contact} />
    </>
  )
}

function Head({ contact, takesFocus, onClose }: Pick<Props, 'contact' | 'takesFocus' | 'onClose'>) {
  const t = useTranslations('contacts.detail')
  const title = useRef<HTMLHeadingElement>(null)
  const { name, organisation, department, title: post } = contact
  const work = [organisation, department, post].filter(Boolean)
  useEffect(() => {
    if (takesFocus) title.current?.focus()
  }, [takesFocus])
  return (
    <div className="mb-3 flex items-start gap-2">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <h2 ref={title} tabIndex={-1} className="outline-none">
          <bdi>{name}</bdi>
        </h2>
        {work.length > 0 && (
          <p className="text-ink-2 text-sm">
            <bdi>{work.join(' · ')}</bdi>
          </p>
        )}
      </div>
      <span className="max-xl:hidden">
        <Button kind="icon" size="sm" label={t('close')} onClick={onClose}>
          <X />
        </Button>
      </span>
    </div>
  )
}
