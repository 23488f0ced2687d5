import CalendarClock from 'lucide-react/icons/calendar-clock'
import type { Announcement } from '#lib/platform/i18n/server.ts'
import { Banner } from './banner.tsx'

/** What is going on, in full. */
export function Announcements({ announcements }: { announcements: Announcement[] }) {
  return (
    <div className="grid gap-2">
      {announcements.map(({ id, kind, title, body, times }) => (
        <Banner key={id} kind={kind} icon={kind === 'wait' ? <CalendarClock /> : undefined} title={title}>
          {body && <div>{body}</div>}
          {/* What is announced for later says itself when it will be: its own times are those of the notice. */}
          {kind !== 'wait' && <div className="tabular-nums">{times}</div>}
        </Banner>
      ))}
    </div>
  )
}
