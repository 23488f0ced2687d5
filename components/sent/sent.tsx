'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { NotRead } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SearchWhileTyping } from '#components/ui/search-while-typing.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import { useInUse } from '#components/ui/use-in-use.ts'
import { List, rowId } from './list.tsx'
import { NoMails } from './nothing.tsx'
import { Pager } from './pager.tsx'
import type { Query } from './place.ts'
import { usePlace } from './use-place.ts'
import { type First, useSentPage } from './use-sent.ts'

const Detail = lazy(() => import('./detail.tsx'))
const LIST = 'sent-list'

interface Props {
  first: First
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** The person comes back from the identity provider, to recall the open mail. */
  recallWanted: boolean
}

/** What was sent and what became of it: the list, and beside it, or on a phone in its place, the one that is open. */
export function Sent({ first, freshFor, recallWanted }: Props) {
  const t = useTranslations('sent')
  const { query, id, go, addressWith } = usePlace()
  const inUse = useInUse()
  const isFresh = useFresh(freshFor)
  const focusOn = useFocusOn()
  const [moved, setMoved] = useState(false)
  const { page, turning, signedOut, again } = useSentPage(query, first, inUse)
  const open = (mail: string) => {
    setMoved(true)
    go({ id: mail })
  }
  const close = () => {
    if (id) focusOn(rowId(id), LIST)
    go({ id: null })
  }
  const turn = (to: Query) => {
    go({ query: { search: query.search, ...to } })
    window.scrollTo(0, 0)
    focusOn(LIST)
  }
  return (
    <>
      <div className={cx(id !== null && 'max-xl:sr-only')}>
        <PageHead title={t('title')}>{t('intro', { days: first.page.days })}</PageHead>
      </div>
      <div className={cx('grid', id !== null && 'xl:grid-cols-[minmax(0,1fr)_27rem]')}>
        <div className={cx('min-w-0', id !== null && 'max-xl:hidden')}>
          <search className="flex flex-wrap items-center gap-2 pb-3">
            <SearchWhileTyping label={t('search')} value={query.search ?? ''} onChange={(search) => go({ query: { search } }, 'replace')} />
          </search>
          {!page && <NotRead title={t('failing.list')} text={t('failing.text')} signedOut={signedOut} onAgain={again} />}
          {page?.mails.length === 0 && <NoMails searched={query.search !== undefined} days={page.days} onClear={() => go({ query: {} })} />}
          {page && page.mails.length > 0 && (
            <div id={LIST} tabIndex={-1} aria-busy={turning} className="outline-none">
              <List page={page} openId={id} addressOf={(mail) => addressWith({ id: mail })} onOpen={open} />
              <Pager {...{ page, turning }} onTurn={turn} />
            </div>
          )}
        </div>
        {id && (
          <div className="min-w-0 border-line xl:ml-6 xl:border-l xl:pl-6">
            <Suspense fallback={<DetailSkeleton />}>
              <Detail
                key={id}
                {...{ id, isFresh, recallWanted }}
                listed={page?.mails.find((mail) => mail.id === id)}
                watched={inUse}
                takesFocus={moved}
                onClose={close}
              />
            </Suspense>
          </div>
        )}
      </div>
    </>
  )
}
