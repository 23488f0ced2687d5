'use client'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { stopRestoreAction } from '#lib/features/restore/actions.ts'
import type { Restore } from '#lib/features/restore/schema.ts'
import { Folder } from './folder.tsx'

const MINUTE_MS = 60_000

/** How far a restore is, folder by folder. */
export function Running({ restore, onStopped }: { restore: Restore; onStopped: () => void }) {
  const t = useTranslations('restore.progress')
  const { state, total, restored, gone, waiting } = restore
  const percent = total > 0 ? Math.floor(((restored + gone) / total) * 100) : 0
  return (
    <Focused className="max-w-176">
      <Section first title={t(state === 'queued' ? 'queued' : 'title', { count: total })} action={<Percent percent={percent} />}>
        <div className="py-5">
          <Progress label={t('bar')} value={restored + gone} max={total} />
          <p className="mt-2 text-ink-2 text-sm tabular-nums">
            {t('back', { count: restored })}
            <TimeLeft restore={restore} />
          </p>
        </div>
        {waiting && (
          <Banner kind="hold" icon={<Unplug />} role="status" title={t('waiting')}>
            {t('waitingText')}
          </Banner>
        )}
        <Folders restore={restore} />
        <p className="my-4 text-ink-2 text-sm">{t('leave')}</p>
        <Stop restore={restore} onStopped={onStopped} />
      </Section>
    </Focused>
  )
}

const Percent = ({ percent }: { percent: number }) => <span className="text-ink-2 tabular-nums">{percent}%</span>

function TimeLeft({ restore: { startedAt, total, restored, gone } }: { restore: Restore }) {
  const t = useTranslations('restore.progress')
  const through = restored + gone
  const took = startedAt ? Date.now() - startedAt.getTime() : 0
  if (through === 0 || took <= 0) return null
  const left = (took / through) * (total - through)
  return left < MINUTE_MS ? null : ` · ${t('left', { minutes: Math.ceil(left / MINUTE_MS) })}`
}

function Folders({ restore: { state, folders } }: { restore: Restore }) {
  const t = useTranslations('restore.progress')
  return (
    <Table label={t('folders')}>
      <thead>
        <Tr>
          <Th>{t('folder')}</Th>
          <Th className="w-32" end>
            {t('done')}
          </Th>
          <Th className="w-36">{t('state')}</Th>
        </Tr>
      </thead>
      <tbody>
        {folders.map(({ folder, total, restored, gone }) => (
          <Tr key={folder}>
            <Td className="truncate">
              <Folder name={folder} />
            </Td>
            <Td figures end>
              {t('of', { restored, total })}
            </Td>
            <Td>
              <FolderState all={restored + gone >= total} begun={state === 'running' && restored + gone > 0} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function FolderState({ all, begun }: { all: boolean; begun: boolean }) {
  const t = useTranslations('restore.progress')
  if (all) {
    return (
      <Status kind="ok" icon={<Check />}>
        {t('stateDone')}
      </Status>
    )
  }
  return begun ? (
    <Status kind="wait" icon={<LoaderCircle className="animate-spin motion-reduce:hidden" />}>
      {t('stateNow')}
    </Status>
  ) : (
    <Status kind="off" icon={<Clock />}>
      {t('stateNext')}
    </Status>
  )
}

function Stop({ restore: { id, stopping }, onStopped }: { restore: Restore; onStopped: () => void }) {
  const t = useTranslations('restore.progress')
  const behalf = useBehalf()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const stop = async () => {
    if (behalf) {
      const { account: mailbox, perform } = behalf
      await perform('restore.stop', {}, (warrant, key) => stopRestoreAction({ id, mailbox }, key, warrant))
      return onStopped()
    }
    setBusy(true)
    const answer = await answerOf(stopRestoreAction({ id }))
    setBusy(false)
    // Not found: it ended in this very moment, and the next read says so.
    if (!answer.ok && answer.code !== 'not_found') setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    onStopped()
  }
  return (
    <>
      {refused && (
        <div className="mb-4">
          <Refusal key={refused.attempt} title={t('notStopped')} refusal={refused.answer} />
        </div>
      )}
      <Button busy={busy || stopping} busyLabel={t('stopping')} onClick={() => void stop()}>
        {t('stop')}
      </Button>
    </>
  )
}
