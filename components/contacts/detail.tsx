'use client'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { DetailHead } from '#components/ui/detail-head.tsx'
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
  const work = [contact.organisation, contact.department, contact.title].filter(Boolean)
  return (
    <>
      <DetailHead
        {...{ takesFocus, onClose }}
        title={contact.name}
        sub={work.length > 0 && <bdi>{work.join(' · ')}</bdi>}
        closeLabel={t('close')}
      />
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
