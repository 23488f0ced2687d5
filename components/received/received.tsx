'use client'
import Bell from 'lucide-react/icons/bell'
import { useTranslations } from 'next-intl'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { cx } from '#components/ui/cx.ts'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { HowOld, NotRead } from '#components/ui/not-read.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useInUse } from '#components/ui/use-in-use.ts'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { ActsTold } from './acts-told.tsx'
import { Filters } from './filters.tsx'
import { LIST, ListPane } from './list-pane.tsx'
import { LiveMark } from './live-mark.tsx'
import { NewsLink } from './news-link.tsx'
import { addressOf, filtered, isFirstPage } from './place.ts'
import { rowId } from './row.tsx'
import { useActs } from './use-acts.ts'
import { useLive } from './use-live.ts'
import { usePlace } from './use-place.ts'
import { type First, useReceivedPage } from './use-received.ts'
import { useSteady } from './use-steady.ts'
import { useTelling } from './use-telling.ts'

const Detail = lazy(() => import('./detail.tsx'))

/** What came in and what became of it: the list, and beside it, or on a phone in its place, the one that is open. */
export function Received({ first }: { first: First }) {
  const t = useTranslations('received')
  const place = usePlace()
  const { query, id, go } = place
  const list = addressOf({ query, id: null })
  const inUse = useInUse()
  const own = useBehalf() === null
  const [paused, setPaused] = useState(false)
  const [pointedAt, setPointedAt] = useState(false)
  const { page, turning, stale, again } = useReceivedPage(query, first, inUse)
  const { page: steady, added, waiting, showNow } = useSteady(page ?? first.page, turning ? 'turning' : list, pointedAt)
  useLive(own && inUse && !paused && !stale?.signedOut)
  const focusOn = useFocusOn()
  const telling = useTelling(() => undefined)
  const undoing = useActs(telling.say)
  const undo = (ids: string[]) => void undoing.act('undelete', ids)
  const [moved, setMoved] = useState(false)

  const open = (mail: ReceivedMail, how?: 'push' | 'replace') => {
    setMoved(true)
    go({ id: mail.id }, how)
  }
  const close = () => {
    if (id) focusOn(rowId(id), LIST)
    go({ id: null })
  }
  return (
    <>
      <div className={cx(id !== null && 'max-xl:sr-only')}>
        <PageHead title={t('title')} action={own && <DigestLink />}>
          {t('intro', { days: steady.days })}
        </PageHead>
      </div>
      <ActsTold refused={undoing.refused} rest={telling.rest} />
      <div className={cx('grid', id !== null && 'xl:grid-cols-[minmax(0,1fr)_27rem]')}>
        <div className={cx('min-w-0', id !== null && 'max-xl:hidden')}>
          <search className="flex flex-wrap items-center gap-2 pb-3">
            <Filters query={query} days={steady.days} onChange={(changes, how) => go({ query: filtered(query, changes) }, how)} />
            {own &&
              (isFirstPage(query) ? (
                <LiveMark paused={paused} waiting={waiting} narrow={id !== null} onPause={setPaused} onShow={showNow} />
              ) : (
                <NewsLink query={query} onShow={() => go({ query: filtered(query, {}) })} />
              ))}
          </search>
          {page ? (
            <ListPane
              {...{ place, added, turning, list }}
              page={steady}
              onOpen={open}
              onClose={close}
              onPoint={setPointedAt}
              onUndo={undo}
            />
          ) : (
            stale && <NotRead title={t('failing.list')} text={t('failing.text')} signedOut={stale.signedOut} onAgain={again} />
          )}
          <HowOld stale={page ? stale : null} />
        </div>
        {id && (
          <OpenMail
            id={id}
            listed={[...steady.mails, ...steady.expiring].find((mail) => mail.id === id)}
            watched={inUse}
            takesFocus={moved}
            onClose={close}
            onUndo={undo}
          />
        )}
      </div>
    </>
  )
}

function OpenMail(props: ComponentProps<typeof Detail>) {
  return (
    <div className="min-w-0 border-line xl:ml-6 xl:border-l xl:pl-6">
      <Suspense fallback={<DetailSkeleton />}>
        <Detail key={props.id} {...props} />
      </Suspense>
    </div>
  )
}

function DigestLink() {
  const t = useTranslations('received')
  return (
    <ButtonLink href="/digest">
      <Bell />
      {t('digest')}
    </ButtonLink>
  )
}
