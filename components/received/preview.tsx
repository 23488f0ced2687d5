'use client'
import { useQuery } from '@tanstack/react-query'
import Paperclip from 'lucide-react/icons/paperclip'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { Section } from '#components/ui/section.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { previewQuery, ReadRefused } from '#lib/features/received/queries.ts'
import type { Preview as PreviewData } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { PreviewText } from './preview-text.tsx'

type Face = 'text' | 'frame'

const FACES: Face[] = ['text', 'frame']

/** What a held mail says, without any danger: nothing in it can be followed or loaded. */
export function Preview({ id }: { id: string }) {
  const t = useTranslations('received.preview')
  const { data, error, refetch } = useQuery(previewQuery(id))
  const [face, setFace] = useState<Face>('text')
  const note = <span className="text-ink-3 text-xs">{t(`note.${face}`)}</span>
  return (
    <div className="mt-6">
      <Section first title={t('title')} action={data?.formatted ? <Choice face={face} onChoose={setFace} /> : note}>
        <div className="mt-3">
          {data?.formatted && <p className="mb-2">{note}</p>}
          {error && <Refused error={error} onAgain={() => void refetch()} />}
          {!error && !data && <DetailSkeleton />}
          {data && (face === 'text' ? <PreviewText preview={data} /> : <Frame id={id} />)}
        </div>
        {data && <Attachments files={data.attachments} />}
      </Section>
    </div>
  )
}

function Choice({ face, onChoose }: { face: Face; onChoose: (face: Face) => void }) {
  const t = useTranslations('received.preview.face')
  const options = FACES.map((value) => ({ value, label: t(value) }))
  return (
    <div className="text-sm [&_label]:px-3">
      <Segment legend={t('label')} legendHidden name="face" options={options} value={face} onChange={(value) => onChoose(value as Face)} />
    </div>
  )
}

/** Without scripts, without an origin and without a way out (T36). */
function Frame({ id }: { id: string }) {
  const t = useTranslations('received.preview')
  return (
    <iframe
      sandbox=""
      src={`/received/preview/${id}`}
      title={t('frameTitle')}
      loading="lazy"
      referrerPolicy="no-referrer"
      className="h-120 w-full border border-line bg-white"
    />
  )
}

const REFUSALS = ['too_large', 'too_many_parts', 'too_deep', 'too_slow', 'too_much_memory', 'unreadable'] as const

function Refused({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const t = useTranslations('received.preview')
  const [status, why] = error instanceof ReadRefused ? [error.status, error.why] : [0, undefined]
  const known = REFUSALS.find((each) => each === why)
  if (known || status === 404) return <p className="text-ink-2 text-sm">{t(known ? `refused.${known}` : 'gone')}</p>
  return (
    <p className="text-ink-2 text-sm">
      {t('failed')}{' '}
      <Button kind="quiet" size="sm" onClick={onAgain}>
        {t('again')}
      </Button>
    </p>
  )
}

function Attachments({ files }: { files: PreviewData['attachments'] }) {
  const t = useTranslations('received.preview')
  const format = useFormat()
  if (files.length === 0) return null
  return (
    <ul aria-label={t('attachments')} className="mt-3 grid gap-1 text-sm">
      {files.map(({ name, size }, at) => (
        <li key={at} className="flex items-center gap-2 [overflow-wrap:anywhere]">
          <Paperclip />
          <span>
            <bdi>{name || t('unnamed')}</bdi> <span className="text-ink-3 tabular-nums">{format.size(size)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
