'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { HowOld } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { ActsTold } from './acts-told.tsx'
import { ContactsNotRead } from './contacts-not-read.tsx'
import { Filters } from './filters.tsx'
import { GroupSide } from './group-side.tsx'
import { rowId } from './list.tsx'
import { LIST, ListPane } from './list-pane.tsx'
import { NoContacts } from './no-contacts.tsx'
import { PageActs } from './page-acts.tsx'
import { isFiltered } from './place.ts'
import { useActs } from './use-acts.ts'
import { type First, useContacts, useGroups } from './use-contacts.ts'
import { usePlace } from './use-place.ts'

const Opened = lazy(() => import('./opened.tsx'))

const ADD = 'new-contact'

/** Everybody that somebody writes to: by groups, in a list, and beside it, or on a phone in its place, the one that is open. */
export function Contacts({ first }: { first: First }) {
  const t = useTranslations('contacts')
  const place = usePlace()
  const { query, id, editing, go, addressWith } = place
  const groups = useGroups(first) ?? first.groups
  const list = useContacts(query, first)
  const acts = useActs()
  const focusOn = useFocusOn()
  const [moved, setMoved] = useState(false)
  const beside = id !== null || editing
  const open = (contact: string, how?: 'push' | 'replace') => {
    setMoved(true)
    go({ id: contact, editing: false }, how)
  }
  const close = () => {
    focusOn(...(id ? [rowId(id)] : []), LIST, ADD)
    go({ id: null, editing: false })
  }
  const empty = groups.all === 0 && groups.groups.length === 0 && !isFiltered(query)
  return (
    <>
      <div className={cx(beside && 'max-xl:sr-only')}>
        <PageHead title={t('title')} action={!empty && <PageActs groups={groups} query={query} addId={ADD} />}>
          {t('intro')}
        </PageHead>
      </div>
      <ActsTold acts={acts} />
      <div className={cx('grid', beside ? BESIDE : !empty && 'lg:grid-cols-[10rem_minmax(0,1fr)] lg:gap-x-6')}>
        {!empty && (
          <GroupSide groups={groups} query={query} beside={beside} onShow={(shown) => go({ query: shown, id: null, editing: false })} />
        )}
        <div className={cx('min-w-0', beside && 'max-xl:hidden')}>
          {!empty && <Filters groups={groups} query={query} beside={beside} onChange={(to, how) => go({ query: to }, how)} />}
          {list.contacts && list.contacts.length > 0 && (
            <ListPane {...{ list, acts, groups, query, addressWith }} openId={id} narrow={beside} onOpen={open} onClose={close} />
          )}
          {list.contacts?.length === 0 && <NoContacts query={query} empty={empty} onClear={() => go({ query: {} })} />}
          {!list.contacts && list.stale && <ContactsNotRead signedOut={list.stale.signedOut} onAgain={list.again} />}
          <HowOld stale={list.contacts ? list.stale : null} />
        </div>
        {beside && (
          <div className="min-w-0 border-line xl:ml-6 xl:border-l xl:pl-6">
            <Suspense fallback={<DetailSkeleton />}>
              <Opened
                key={id ?? 'new'}
                {...{ id, editing, groups, acts }}
                listed={list.contacts?.find((contact) => contact.id === id)}
                takesFocus={moved}
                onEdit={(on) => go({ editing: on })}
                onSaved={(saved) => go({ id: saved, editing: false }, 'replace')}
                onClose={close}
              />
            </Suspense>
          </div>
        )}
      </div>
    </>
  )
}

/** The groups stay beside the list where there is room for all three. */
const BESIDE = 'xl:grid-cols-[minmax(0,1fr)_27rem] min-[90rem]:grid-cols-[10rem_minmax(0,1fr)_27rem] min-[90rem]:gap-x-6'
