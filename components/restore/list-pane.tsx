'use client'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { DeletedPage } from '#lib/features/restore/schema.ts'
import { List } from './list.tsx'
import { filtersOf, type Query, written } from './place.ts'
import { Room } from './room.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useCount } from './use-deleted.ts'
import { usePlace } from './use-place.ts'
import { useSelection } from './use-selection.ts'
import { useStart } from './use-start.ts'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

const LIST = 'deleted-list'

interface Props {
  query: Query
  page: DeletedPage
  turning: boolean
  /** Whether the last sign-in still counts as recent. */
  isFresh: () => boolean
  onTurn: (after: string | undefined) => void
  onStarted: (id: string) => void
}

/** The list with what is chosen in it. */
export function ListPane({ query, page, turning, isFresh, onTurn, onStarted }: Props) {
  const t = useTranslations('restore')
  const list = usePlace().addressWith({ query, restore: null })
  const selection = useSelection(list, page.mails)
  const counted = useCount(query, selection.mails.length > 0)
  const [asking, setAsking] = useState(false)
  const focusOn = useFocusOn()
  const stepUp = () => {
    selection.keep()
    setAsking(true)
  }
  const own = useBehalf() === null
  const { start, starting, refused } = useStart({ onStarted, onStepUp: stepUp })
  const restore = async () => {
    if (own && !isFresh()) return stepUp()
    const ids = selection.mails.map(({ id }) => id)
    const what = selection.all ? { all: true, ...written(filtersOf(query)) } : { ids }
    if (own) return start(what, ids.length)
    // The dialog that asks staff why may lead to the identity provider.
    selection.keep()
    await start(what, selection.all ? (counted?.count ?? ids.length) : ids.length)
    selection.forget()
  }
  const turn = (after: string | undefined) => {
    onTurn(after)
    window.scrollTo(0, 0)
    focusOn(LIST)
  }
  const bytes = selection.all ? (counted?.bytes ?? 0) : selection.mails.reduce((sum, { size }) => sum + size, 0)
  return (
    <>
      {refused && (
        <div className="mb-5">
          <Refusal key={refused.attempt} title={t('refused')} refusal={refused.answer} />
        </div>
      )}
      {/* Its place is kept, so that no row moves when the first is chosen. */}
      <p role="status" className="min-h-7 text-ink-2 text-sm">
        {selection.mails.length > 0 && counted && <Room counted={counted} bytes={bytes} />}
      </p>
      <div id={LIST} tabIndex={-1} aria-busy={turning} className="flex flex-col outline-none">
        <SelectionBar rows={page.mails} selection={selection} counted={counted} starting={starting} onRestore={() => void restore()} />
        <List mails={page.mails} selection={selection} />
      </div>
      <Pager query={query} page={page} turning={turning} onTurn={turn} />
      {asking && (
        <Suspense>
          <StepUp help={t('stepUp')} returnTo={list} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}

function Pager({ query, page, turning, onTurn }: Pick<Props, 'query' | 'page' | 'turning' | 'onTurn'>) {
  const t = useTranslations('restore.pager')
  const { next, mails } = page
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3 text-ink-3 text-sm">
      <span className="tabular-nums">{t('count', { count: mails.length })}</span>
      <span className="ml-auto flex gap-3">
        {query.after && (
          <Button size="sm" busy={turning} onClick={() => onTurn(undefined)}>
            {t('newest')}
          </Button>
        )}
        {next && (
          <Button size="sm" busy={turning} onClick={() => onTurn(next)}>
            {t('older')}
            <ChevronRight />
          </Button>
        )}
      </span>
    </div>
  )
}
