'use client'
import Clock from 'lucide-react/icons/clock'
import CopyCheck from 'lucide-react/icons/copy-check'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Restore } from '#lib/features/restore/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Folder } from './folder.tsx'
import { notBackOf } from './not-back.ts'

/** The record of a restore: how many are back, where, and why the others are not. */
export function Receipt({ restore, onList }: { restore: Restore; onList: () => void }) {
  const t = useTranslations('restore.receipt')
  const { state, restored } = restore
  const own = useBehalf() === null
  const ended = state === 'stopped' || state === 'failed' ? state : 'done'
  return (
    <Focused role="status" className="max-w-176">
      <Stamp title={t(ended, { count: restored })} time={<Took restore={restore} />} />
      {state === 'failed' && (
        <div className="mt-5">
          <Banner kind="stop" title={t('failed', { count: restored })}>
            {t('failedText')}
          </Banner>
        </div>
      )}
      <Back restore={restore} />
      <NotBack restore={restore} />
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="primary" onClick={onList}>
          {t('list')}
        </Button>
        {own && <ButtonLink href="/activity">{t('activity')}</ButtonLink>}
      </div>
    </Focused>
  )
}

function Took({ restore: { startedAt, finishedAt } }: { restore: Restore }) {
  const t = useTranslations('restore.receipt')
  const format = useFormat()
  if (!finishedAt) return null
  const seconds = startedAt ? Math.max(1, Math.round((finishedAt.getTime() - startedAt.getTime()) / 1_000)) : 1
  const duration =
    seconds < 60 ? t('seconds', { count: seconds }) : t('minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
  return t('took', { at: format.dayAndTime(finishedAt), duration })
}

function Back({ restore: { folders } }: { restore: Restore }) {
  const t = useTranslations('restore.receipt')
  const back = folders.filter(({ restored }) => restored > 0)
  if (back.length === 0) return null
  return (
    <div className="mt-5">
      <Table label={t('back')}>
        <thead>
          <Tr>
            <Th>{t('folder')}</Th>
            <Th className="w-32" end>
              {t('count')}
            </Th>
          </Tr>
        </thead>
        <tbody>
          {back.map(({ folder, restored }) => (
            <Tr key={folder}>
              <Td className="truncate">
                <Folder name={folder} />
              </Td>
              <Td figures end>
                {restored}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function NotBack({ restore }: { restore: Restore }) {
  const t = useTranslations('restore.receipt')
  const rows = notBackOf(restore)
  if (rows.length === 0) return null
  const title = t('notBack', { count: restore.total - restore.restored })
  return (
    <div className="mt-5">
      <Table label={title} wrap>
        <thead>
          <Tr>
            <Th>{title}</Th>
            <Th className="w-20" end>
              {t('count')}
            </Th>
            <Th className="w-1/2">{t('reason')}</Th>
          </Tr>
        </thead>
        <tbody>
          {rows.map(({ folder, count, reason }) => (
            <Tr key={`${reason} ${folder}`}>
              <Td>{folder === null ? t('unknownFolder') : <Folder name={folder} />}</Td>
              <Td figures end>
                {count}
              </Td>
              <Td>
                <Status kind="ok" icon={reason === 'gone' ? <CopyCheck /> : <Clock />}>
                  <span className="whitespace-normal">{t(reason)}</span>
                </Status>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
