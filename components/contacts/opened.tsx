'use client'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import type { Contact, GroupList } from '#lib/features/contacts/schema.ts'
import { ContactsNotRead } from './contacts-not-read.tsx'
import { Detail } from './detail.tsx'
import type { Acts } from './use-acts.ts'
import { useContact } from './use-contacts.ts'

const EditForm = lazy(() => import('./edit-form.tsx'))

interface Props {
  /** Null: a new one. */
  id: string | null
  editing: boolean
  /** The same contact as the list has it: enough to begin with. */
  listed?: Contact
  groups: GroupList
  acts: Acts
  /** Somebody opened it on this page, so that reading goes on here. */
  takesFocus: boolean
  onEdit: (on: boolean) => void
  onSaved: (id: string) => void
  onClose: () => void
}

/** A contact beside the list, or on a phone in its place: what is known of it, or the form. */
export default function Opened({ id, onClose, ...rest }: Props) {
  const t = useTranslations('contacts.detail')
  // A form that is sent before it is alive would be lost with what is in it.
  const alive = useHydrated()
  return (
    <div className="xl:sticky xl:top-8 xl:-m-1 xl:max-h-[calc(100vh-4rem)] xl:overflow-y-auto xl:p-1">
      <p className="-ml-2 mb-3 xl:hidden">
        <Button kind="quiet" onClick={onClose}>
          <ArrowLeft />
          {t('back')}
        </Button>
      </p>
      {!alive && rest.editing ? (
        <DetailSkeleton />
      ) : id === null ? (
        <Suspense fallback={<DetailSkeleton />}>
          <EditForm groups={rest.groups} onSaved={rest.onSaved} onCancel={onClose} />
        </Suspense>
      ) : (
        <Known id={id} onClose={onClose} {...rest} />
      )}
    </div>
  )
}

function Known({ id, listed, editing, groups, acts, takesFocus, onEdit, onSaved, onClose }: Props & { id: string }) {
  const t = useTranslations('contacts.detail')
  const { contact: read, missing, failed, signedOut, again } = useContact(id)
  const contact = read ?? listed
  if (missing && !editing) {
    return (
      <Empty icon={<SearchX />} title={t('missing')} action={<Button onClick={onClose}>{t('toList')}</Button>}>
        {t('missingText')}
      </Empty>
    )
  }
  if (!contact) return failed ? <ContactsNotRead signedOut={signedOut} onAgain={again} /> : <DetailSkeleton />
  if (!editing) return <Detail {...{ contact, acts, takesFocus, onEdit, onClose }} />
  // The form begins with what is there now, not with what the list had.
  if (!read) return failed ? <ContactsNotRead signedOut={signedOut} onAgain={again} /> : <DetailSkeleton />
  return (
    <Suspense fallback={<DetailSkeleton />}>
      <EditForm contact={read} groups={groups} onSaved={onSaved} onCancel={() => onEdit(false)} />
    </Suspense>
  )
}
