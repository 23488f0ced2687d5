'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { HowOld } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { Section } from '#components/ui/section.tsx'
import { useInUse } from '#components/ui/use-in-use.ts'
import { importQuery, isSignedOut } from '#lib/features/contacts/queries.ts'
import type { ImportReport } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { ImportReceipt } from './import-receipt.tsx'
import { ImportSteps } from './import-steps.tsx'

const PROGRESS_MS = 1_000
const OPEN: ImportReport['state'][] = ['queued', 'running', 'undoing']

const isOpen = ({ state }: ImportReport) => OPEN.includes(state)

/** An import under way, or the record of one; asked after every second while it runs and somebody sees it. */
export function ImportShown({ first }: { first: ImportReport }) {
  const t = useTranslations('contacts-import')
  const client = useQueryClient()
  const watched = useInUse()
  const read = useQuery({
    ...importQuery(first.id),
    initialData: first,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => watched && (state.data === undefined || isOpen(state.data)) && PROGRESS_MS,
  })
  const report = read.data
  const open = isOpen(report)
  // What was seen under way is told when it ends; what was over from the start is read by whoever wants to.
  const [begun] = useState(open)
  useEffect(() => {
    if (!open) void client.invalidateQueries({ queryKey: ['contacts', 'list'] })
    if (!open) void client.invalidateQueries({ queryKey: ['contacts', 'groups'] })
  }, [open, client])
  return (
    <>
      <PageHead title={t('title')} />
      <ImportSteps current={open && report.state !== 'undoing' ? 2 : 3} />
      {open ? (
        <Running report={report} />
      ) : (
        <ImportReceipt key={report.state} report={report} told={begun} onUndoing={() => void read.refetch()} />
      )}
      <HowOld stale={read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null} />
    </>
  )
}

function Running({ report: { state, total, done, waiting } }: { report: ImportReport }) {
  const t = useTranslations('contacts-import.progress')
  const format = useFormat()
  const percent = total > 0 ? Math.floor((done / total) * 100) : 0
  const word = state === 'undoing' || state === 'queued' ? state : 'running'
  return (
    <Focused className="max-w-176">
      <Section first title={t(word, { count: format.number(total) })} action={<span className="text-ink-2 tabular-nums">{percent}%</span>}>
        <div className="py-5">
          <Progress label={t('bar')} value={done} max={total} />
          <p className="mt-2 text-ink-2 text-sm tabular-nums">{t('done', { done: format.number(done), total: format.number(total) })}</p>
        </div>
        {waiting && (
          <Banner kind="hold" icon={<Unplug />} role="status" title={t('waiting')}>
            {t('waitingText')}
          </Banner>
        )}
        <p className="my-4 text-ink-2 text-sm">{t('leave')}</p>
      </Section>
    </Focused>
  )
}
