'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { HowOld, NotRead } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { useChanges } from '#components/ui/use-changes.ts'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import { useInUse } from '#components/ui/use-in-use.ts'
import { useKeys } from '#components/ui/use-keys.ts'
import { useSteady } from '#components/ui/use-steady.ts'
import type { QueuedRequest, RequestPage } from '#lib/features/requests/schema.ts'
import { Filters, KIND } from './filters.tsx'
import { List, rowId } from './list.tsx'
import { LiveMark } from './live-mark.tsx'
import { NoRequests } from './nothing.tsx'
import { Pager } from './pager.tsx'
import { addressOf, filtered } from './place.ts'
import { usePlace } from './use-place.ts'
import { type First, useQueue } from './use-requests.ts'

const Detail = lazy(() => import('./detail.tsx'))
const LIST = 'requests-list'

const idsOf = ({ requests }: RequestPage) => requests.map(({ id }) => id)
const STEADY = {
  idsOf,
  placesOf: (page: RequestPage) => idsOf(page).join(),
  withNews: (shown: RequestPage, news: RequestPage): RequestPage => {
    const fresh = new Map(news.requests.map((request) => [request.id, request]))
    return { ...news, requests: shown.requests.map((request) => fresh.get(request.id) ?? request) }
  },
}

/** What waits for the helpdesk: the queue, and beside it, or on a phone in its place, the request that is open. */
export function Requests({ first, freshFor }: { first: First; freshFor: number }) {
  const t = useTranslations('requests')
  const { query, open, go, addressWith } = usePlace()
  const client = useQueryClient()
  const inUse = useInUse()
  const isFresh = useFresh(freshFor)
  const focusOn = useFocusOn()
  const [paused, setPaused] = useState(false)
  const [pointedAt, setPointedAt] = useState(false)
  const [moved, setMoved] = useState(false)
  const { page, asOf, turning, stale, again } = useQueue(query, first, inUse && !paused)
  const list = addressOf({ query, open: null })
  const { page: steady, added, waiting, showNow } = useSteady(page ?? first.page, turning ? 'turning' : list, pointedAt, STEADY)
  useChanges('/desk/requests/live', inUse && !paused && !stale?.signedOut, () => {
    void client.invalidateQueries({ queryKey: ['requests', 'list'] })
  })
  const rows = steady.requests

  const openIt = ({ id, account }: QueuedRequest, how?: 'push' | 'replace') => {
    setMoved(true)
    go({ open: { id, account } }, how)
  }
  const close = () => {
    if (open) focusOn(rowId(open.id), LIST)
    go({ open: null })
  }
  const turn = (after: string | undefined) => {
    go({ query: { ...query, after } })
    window.scrollTo(0, 0)
    focusOn(LIST)
  }
  useKeys({
    step: (from, by) => {
      const at = rows.findIndex(({ id }) => id === (open?.id ?? from))
      const next = at < 0 ? rows[0] : rows[at + by]
      if (!next) return
      if (open) openIt(next, 'replace')
      else document.getElementById(rowId(next.id))?.focus()
    },
    select: () => undefined,
    search: () => document.getElementById(KIND)?.focus(),
    escape: () => open && close(),
  })
  return (
    <>
      <div className={cx(open !== null && 'max-xl:sr-only')}>
        <PageHead title={t('title.page')} sub={<span className="tabular-nums">{t('waiting', { count: steady.waiting })}</span>}>
          {t('intro')}
        </PageHead>
      </div>
      <div className={cx('grid', open !== null && 'xl:grid-cols-[minmax(0,1fr)_27rem]')}>
        <div className={cx('min-w-0', open !== null && 'max-xl:hidden')}>
          <search className="flex flex-wrap items-center gap-2 pb-3">
            <Filters query={query} onChange={(changes) => go({ query: filtered(query, changes) })} />
            <LiveMark paused={paused} added={waiting} onPause={setPaused} onShow={showNow} />
          </search>
          {!page && stale && <NotRead title={t('failing.list')} text={t('failing.text')} signedOut={stale.signedOut} onAgain={again} />}
          {page && rows.length === 0 && <NoRequests query={query} onClear={() => go({ query: {} })} />}
          {page && rows.length > 0 && (
            <div
              id={LIST}
              tabIndex={-1}
              aria-busy={turning}
              className="outline-none"
              onPointerEnter={({ pointerType }) => setPointedAt(pointerType === 'mouse')}
              onPointerLeave={() => setPointedAt(false)}
            >
              <List
                requests={rows}
                asOf={asOf}
                openId={open?.id ?? null}
                added={added}
                addressOf={({ id, account }) => addressWith({ open: { id, account } })}
                onOpen={openIt}
              />
              <Pager page={steady} behind={query.after !== undefined} turning={turning} onTurn={turn} />
            </div>
          )}
          <HowOld stale={page ? stale : null} />
        </div>
        {open && (
          <div className="min-w-0 border-line xl:ml-6 xl:border-l xl:pl-6">
            <Suspense fallback={<DetailSkeleton />}>
              <Detail
                key={open.id}
                opened={open}
                listed={page?.requests.find(({ id }) => id === open.id)}
                takesFocus={moved}
                isFresh={isFresh}
                onClose={close}
              />
            </Suspense>
          </div>
        )}
      </div>
    </>
  )
}
