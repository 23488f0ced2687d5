'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { ActsTold } from './acts-told.tsx'
import { groupsOf } from './groups.ts'
import { List } from './list.tsx'
import { NoMails } from './no-mails.tsx'
import { Pager } from './pager.tsx'
import { isFirstPage, type Query } from './place.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useActs } from './use-acts.ts'
import { MOST, useGather } from './use-gather.ts'
import { useListKeys } from './use-list-keys.ts'
import type { usePlace } from './use-place.ts'
import { useSelection } from './use-selection.ts'
import { useTelling } from './use-telling.ts'

const AskHelpdesk = lazy(() => import('./ask-helpdesk.tsx'))

interface Props {
  place: ReturnType<typeof usePlace>
  page: ReceivedPage
  added: ReadonlySet<string>
  turning: boolean
  /** The list is named by its filters and its page. */
  list: string
  onOpen: (mail: ReceivedMail, how?: 'push' | 'replace') => void
  onClose: () => void
  onPoint: (pointing: boolean) => void
  onUndo: (ids: string[]) => void
}

export const LIST = 'received-list'

export function ListPane({ place, page, added, turning, list, onOpen, onClose, onPoint, onUndo }: Props) {
  const { query, id: openId, go, addressWith } = place
  const t = useTranslations('received')
  const groups = groupsOf(page, useFormat())
  const rows = groups.flatMap(({ mails }) => mails)
  const selection = useSelection(list, rows)
  const telling = useTelling(onUndo)
  const acts = useActs((done) => {
    telling.say(done)
    // What was chosen meanwhile stays chosen.
    selection.drop([...done.ids, ...done.askHelpdesk, ...done.missed])
  })
  const [asking, setAsking] = useState(false)
  const focusOn = useFocusOn()
  const { gathering, gather } = useGather(query)
  const chosen = selection.mails

  useListKeys({ rows, openId, selection, onOpen, onClose })
  const turn = (to: Query) => {
    go({ query: { ...query, before: undefined, after: undefined, ...to } })
    window.scrollTo(0, 0)
    focusOn(LIST)
  }
  const ids = chosen.map(({ id }) => id)
  return (
    <>
      <ActsTold refused={acts.refused} rest={telling.rest} />
      {rows.length === 0 ? (
        <NoMails query={query} days={page.days} onClear={() => go({ query: {} })} />
      ) : (
        <div
          id={LIST}
          tabIndex={-1}
          aria-busy={turning}
          className="flex flex-col outline-none"
          onPointerEnter={({ pointerType }) => onPoint(pointerType === 'mouse')}
          onPointerLeave={() => onPoint(false)}
        >
          <SelectionBar
            rows={rows}
            chosen={chosen}
            more={moreOf(query, page, rows, chosen)}
            gathering={gathering}
            busy={acts.busy}
            onPage={(on) => selection.put(rows, on)}
            onAll={async () => selection.put((await gather()) ?? [], true)}
            onClear={selection.clear}
            onAct={(act) => void acts.act(act, ids)}
            onAsk={() => setAsking(true)}
          />
          <List
            groups={groups}
            days={page.days}
            openId={openId}
            added={added}
            selection={selection}
            addressOf={(id) => addressWith({ id })}
            onOpen={onOpen}
          />
          <p role="status" className="sr-only">
            {chosen.length > 0 && t('bulk.count', { count: chosen.length })}
          </p>
        </div>
      )}
      {rows.length > 0 && (
        <Pager
          page={page}
          first={isFirstPage(query)}
          turning={turning}
          onNewer={() => turn({ after: page.newer ?? undefined })}
          onOlder={() => turn({ before: page.older ?? undefined })}
        />
      )}
      {asking && (
        <Suspense>
          <AskHelpdesk count={chosen.filter(({ may }) => may.request).length} acts={acts} ids={ids} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}

/** How many held mails there are in all, when the whole page of them is chosen and it is not the only one. */
function moreOf(query: Query, page: ReceivedPage, rows: ReceivedMail[], chosen: ReceivedMail[]): number | null {
  const only = query.result === 'held' && !query.search && !query.from && !query.to
  const most = Math.min(page.held, MOST)
  return only && page.older !== null && chosen.length >= rows.length && chosen.length < most ? most : null
}
