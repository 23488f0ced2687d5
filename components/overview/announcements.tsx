import CalendarClock from 'lucide-react/icons/calendar-clock'
import { Banner } from '#components/ui/banner.tsx'
import type { Overview } from '#lib/features/overview/schema.ts'
import { getLocale } from '#lib/platform/i18n/server.ts'

export async function Announcements({ announcements }: Pick<Overview, 'announcements'>) {
  const language = (await getLocale()) === 'en' ? 'en' : 'zh'
  return (
    <div className="mb-6 grid gap-2">
      {announcements.map(({ id, title, body }) => (
        <Banner key={id} kind="wait" icon={<CalendarClock />} title={title[language]}>
          {body[language]}
        </Banner>
      ))}
    </div>
  )
}
