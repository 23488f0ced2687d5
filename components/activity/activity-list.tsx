'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useMailbox } from '#components/ui/on-behalf.tsx'
import { GroupRow, Table, Th, Tr } from '#components/ui/table.tsx'
import type { ActivityPage } from '#lib/features/activity/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { byDay } from './days.ts'
import { EntryRow } from './entry-row.tsx'
import { NotMore } from './not-more.tsx'
import { olderThan } from './pages.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_a_c'_'b_e_e'] max-md:[&_tr]:grid-cols-[minmax(0,1fr)_auto_auto]"
const COLUMNS = 5

export function ActivityList({ first }: { first: ActivityPage }) {
  const t = useTranslations('activity')
  const format = useFormat()
  const mailbox = useMailbox()
  const query = useInfiniteQuery({
    queryKey: ['activity', mailbox],
    queryFn: ({ pageParam }) => olderThan(mailbox, pageParam),
    initialPageParam: Number.MAX_SAFE_INTEGER,
    initialData: { pages: [first], pageParams: [Number.MAX_SAFE_INTEGER] },
    getNextPageParam: ({ next }) => next,
    // The first page always comes with the document; what follows it must not move while somebody reads.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Without a network it says so, instead of waiting for one.
    networkMode: 'always',
  })
  const { pages } = query.data
  const added = pages.length > 1 ? (pages.at(-1)?.entries ?? []) : []
  const firstAdded = added[0]?.id

  // Reading goes on where the new rows begin.
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current && firstAdded) document.getElementById(`entry-${firstAdded}`)?.focus({ preventScroll: true })
  }, [firstAdded])
  const more = () => {
    asked.current = true
    void query.fetchNextPage()
  }

  return (
    <>
      <Table label={t('title')} wrap fold={FOLD}>
        <thead>
          <Tr>
            <Th className="w-16">{t('columns.time')}</Th>
            <Th>{t('columns.what')}</Th>
            <Th className="w-36">{t('columns.who')}</Th>
            <Th className="w-48">{t('columns.where')}</Th>
            <Th className="w-40" end>
              {t('columns.reference')}
            </Th>
          </Tr>
        </thead>
        {byDay(
          pages.flatMap(({ entries }) => entries),
          format,
        ).map(({ date, title, entries }) => (
          <tbody key={date}>
            <GroupRow columns={COLUMNS}>{title}</GroupRow>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        ))}
      </Table>
      <div className="mt-6">
        {query.isFetchNextPageError && <NotMore error={query.error} />}
        {query.hasNextPage ? (
          <Button busy={query.isFetchingNextPage} busyLabel={t('loading')} onClick={more}>
            {t('more')}
          </Button>
        ) : (
          <p className="text-ink-3 text-sm">{t('end')}</p>
        )}
        <p role="status" className="sr-only">
          {added.length > 0 && t('added', { count: added.length })}
        </p>
      </div>
    </>
  )
}
