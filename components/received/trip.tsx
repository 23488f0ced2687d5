'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Station, Timeline } from '#components/ui/timeline.tsx'
import type { ReceivedDetail } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Folder } from './outcome.tsx'
import { Score } from './score.tsx'
import { type Stop, story } from './story.ts'

/** The road of a mail, and what comes next. */
export function Trip({ mail }: { mail: ReceivedDetail }) {
  const t = useTranslations('received.trip')
  const stops = story(mail)
  return (
    <div className="mt-3">
      <Timeline label={t('label')}>
        {stops.map((stop, at) => (
          <StopStation key={at} stop={stop} began={mail.arrivedAt} lastDone={stops[at + 1]?.state === 'next'} />
        ))}
      </Timeline>
    </div>
  )
}

/** The clock on the day it arrived, later the day as well; what is to come has only a day. */
function useTimeOf(began: Date) {
  const format = useFormat()
  return ({ at, state }: Stop): string => {
    if (!at) return ''
    if (state === 'next') return format.shortDay(at)
    return format.date(at) === format.date(began) ? format.clock(at) : `${format.shortDay(at)} ${format.time(at)}`
  }
}

function StopStation({ stop, began, lastDone }: { stop: Stop; began: Date; lastDone: boolean }) {
  const timeOf = useTimeOf(began)
  const titleOf = useTitle()
  return (
    <Station time={timeOf(stop)} dateTime={stop.at?.toISOString()} state={stop.state} lastDone={lastDone} title={titleOf(stop)}>
      <Told stop={stop} />
    </Station>
  )
}

function useTitle() {
  const t = useTranslations('received.trip')
  return (stop: Stop): string => {
    if (stop.what === 'filter') return t(`filter.${stop.line}`, { score: stop.score.toFixed(1), from: stop.from.toFixed(1) })
    if (stop.what === 'next') return t(`next.${stop.step}`)
    return t(`title.${stop.what}`)
  }
}

function Told({ stop }: { stop: Stop }): ReactNode {
  switch (stop.what) {
    case 'arrived':
      return <Arrived {...stop} />
    case 'sender':
      return <Sender {...stop} />
    case 'attachments':
      return <Attachments {...stop} />
    case 'filter':
      return stop.points.length > 0 && <Score points={stop.points} total={stop.score} />
    case 'next':
      return null
    default:
      return <Happened {...stop} />
  }
}

function Arrived({ ip, tls }: Extract<Stop, { what: 'arrived' }>) {
  const t = useTranslations('received.trip')
  if (tls === null) return null
  const how = tls === 'none' ? t('notEncrypted') : t('encrypted', { tls })
  return ip ? t.rich('from', { ip: () => <code>{ip}</code>, how }) : how
}

function Sender({ spf, dkim, dmarc }: Extract<Stop, { what: 'sender' }>) {
  const t = useTranslations('received.trip')
  const parts = [spf && t(`spf.${spf}`), dkim && t(`dkim.${dkim}`), dmarc && t(`dmarc.${dmarc}`)].filter((part) => part !== null)
  return t('sentence', { parts: parts.join(t('between')) })
}

const MOST_NAMED = 3

function Attachments({ files, malware }: Extract<Stop, { what: 'attachments' }>) {
  const t = useTranslations('received.trip')
  const format = useFormat()
  const named = files.slice(0, MOST_NAMED).map(({ name, size }) => t('file', { name, size: format.size(size) }))
  const rest = files.length - named.length
  return <bdi className="[overflow-wrap:anywhere]">{t('files', { names: named.join(t('comma')), rest, malware: String(malware) })}</bdi>
}

function Happened({ what, event: { folder, reason, rule }, times }: Extract<Stop, { event: unknown }>) {
  const t = useTranslations('received')
  const why = reason && t(`reason.${reason}.long`)
  const again = times > 1 && t('trip.times', { count: times })
  if (what === 'held') return t(rule === 'block' ? 'trip.heldBlocked' : 'trip.held')
  if (what === 'delivered' || what === 'moved') {
    return (
      <>
        {folder && t.rich('trip.into', { folder: () => <Folder name={folder} /> })} {rule === 'allow' && t('trip.allowed')}
      </>
    )
  }
  return (
    <>
      {why} {again}
    </>
  )
}
