'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { Contact, GroupList } from '#lib/features/contacts/schema.ts'
import { GroupChoice } from './group-choice.tsx'
import { sharesOf, stepsBetween } from './membership.ts'
import type { Acts } from './use-acts.ts'

interface Props {
  chosen: Contact[]
  groups: GroupList
  acts: Acts
  onClose: () => void
}

/** Puts several contacts into groups, and takes them out of others. */
export default function GroupsDialog({ chosen, groups, acts, onClose }: Props) {
  const t = useTranslations('contacts.bulk')
  const common = useTranslations('common')
  // As it was when the dialog opened: what is read anew meanwhile changes no box.
  const [before] = useState(() =>
    sharesOf(
      groups.groups.map(({ name }) => name),
      chosen,
    ),
  )
  const [shares, setShares] = useState<ReadonlyMap<string, 'all' | 'some' | 'none'>>(before)
  const { add, remove } = stepsBetween(before, shares)
  const save = async () => {
    const ids = chosen.map(({ id }) => id)
    await acts.group(ids, add, remove)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('groupsTitle', { count: chosen.length })}
      help={t('groupsHelp')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            kind="primary"
            busy={acts.busy === 'group'}
            busyLabel={t('saving')}
            disabledReason={add.length + remove.length === 0 && t('nothingChanged')}
            onClick={() => void save()}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="mt-3">
        <GroupChoice legend={t('groups')} legendHidden shares={shares} onChange={setShares} />
      </div>
    </Dialog>
  )
}
