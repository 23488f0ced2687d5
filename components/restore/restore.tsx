'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { HowOld, NotRead } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { useFresh } from '#components/ui/use-fresh.ts'
import { useInUse } from '#components/ui/use-in-use.ts'
import type { Restore as OneRestore } from '#lib/features/restore/schema.ts'
import { Filters } from './filters.tsx'
import { ListPane } from './list-pane.tsx'
import { MassBanner } from './mass-banner.tsx'
import { NoMails } from './no-mails.tsx'
import { Receipt } from './receipt.tsx'
import { Running } from './running.tsx'
import { type First, isOpen, useDeletedPage, useRestore } from './use-deleted.ts'
import { usePlace } from './use-place.ts'

interface Props {
  first: First
  /** Of the restore in the address. */
  firstRestore: OneRestore | null
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
}

/** What was deleted, and the way back; in its place a restore under way, or the record of one. */
export function Restore({ first, firstRestore, freshFor }: Props) {
  const t = useTranslations('restore')
  const { restore: id } = usePlace()
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      {id ? <Shown key={id} id={id} first={firstRestore} /> : <Deleted first={first} freshFor={freshFor} />}
    </>
  )
}

function Shown({ id, first }: { id: string; first: OneRestore | null }) {
  const { go } = usePlace()
  const client = useQueryClient()
  const t = useTranslations('restore.failing')
  const { restore, failed, signedOut, again } = useRestore(id, first, useInUse())
  if (!restore) return failed && <NotRead title={t('title')} text={t('text')} signedOut={signedOut} onAgain={again} />
  const toList = () => {
    void client.invalidateQueries({ queryKey: ['restore', 'list'] })
    go({ query: {}, restore: null })
  }
  return isOpen(restore) ? <Running restore={restore} onStopped={again} /> : <Receipt restore={restore} onList={toList} />
}

function Deleted({ first, freshFor }: Pick<Props, 'first' | 'freshFor'>) {
  const t = useTranslations('restore')
  const { query, go } = usePlace()
  const isFresh = useFresh(freshFor)
  const { page, turning, stale, again } = useDeletedPage(query, first)
  if (!page) return stale && <NotRead title={t('failing.title')} text={t('failing.text')} signedOut={stale.signedOut} onAgain={again} />
  const { running, mass } = page
  const show = (restore: string) => go({ query: {}, restore })
  return (
    <>
      {running && <UnderWay onShow={() => show(running)} />}
      {!running && mass && (
        <MassBanner mass={mass} onShow={() => go({ query: { from: mass.from.toISOString(), until: mass.to.toISOString() } })} />
      )}
      <Filters query={query} onChange={(changes, how) => go({ query: { ...query, ...changes, after: undefined } }, how)} />
      {page.mails.length === 0 ? (
        <NoMails query={query} onClear={() => go({ query: {} })} />
      ) : (
        <ListPane {...{ query, page, turning, isFresh }} onTurn={(after) => go({ query: { ...query, after } })} onStarted={show} />
      )}
      <HowOld stale={stale} />
    </>
  )
}

function UnderWay({ onShow }: { onShow: () => void }) {
  const t = useTranslations('restore.running')
  const action = (
    <Button size="sm" onClick={onShow}>
      {t('show')}
    </Button>
  )
  return (
    <div className="mb-5">
      <Banner kind="wait" title={t('title')} action={action}>
        {t('text')}
      </Banner>
    </div>
  )
}
