import type { Metadata } from 'next'
import { AtHelpdesk } from '#components/overview/at-helpdesk.tsx'
import { AttentionList } from '#components/overview/attention-list.tsx'
import { NewestMail } from '#components/overview/inbox.tsx'
import { MailboxFacts } from '#components/overview/mailbox-facts.tsx'
import { mattersOf } from '#components/overview/matters.ts'
import { RecentSignIns } from '#components/overview/recent-sign-ins.tsx'
import { Announcements } from '#components/ui/announcements.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Split } from '#components/ui/section.tsx'
import { loadOverview } from '#lib/features/overview/loaders.ts'
import { getFormat, getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') }
}

export default async function OverviewPage() {
  const [result, t, format, site] = await Promise.all([loadOverview(), getTranslations('overview'), getFormat(), getSite()])
  if (!result.ok) return <NotOpened title={t('title')} href="/overview" refusal={result} />
  const overview = result.data
  const announcements = site.incidents
  const matters = mattersOf(overview.attention)
  return (
    <>
      <PageHead title={t('heading', { name: overview.name, count: matters.length })}>{format.longDay(new Date())}</PageHead>
      <AtHelpdesk agents={overview.atHelpdesk} />
      {/* An incident comes first on a phone, and stands at the side where there is one. */}
      {announcements.length > 0 && (
        <div className="mb-6 xl:hidden">
          <Announcements announcements={announcements} />
        </div>
      )}
      <Split
        asideLabel={t('facts.title')}
        aside={
          <>
            {announcements.length > 0 && (
              <div className="mb-6 max-xl:hidden">
                <Announcements announcements={announcements} />
              </div>
            )}
            <MailboxFacts overview={overview} />
          </>
        }
      >
        <AttentionList matters={matters} />
        <NewestMail mails={overview.mailbox?.recent ?? null} />
        <RecentSignIns signIns={overview.signIns} />
      </Split>
    </>
  )
}
