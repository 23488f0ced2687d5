'use client'
import Download from 'lucide-react/icons/download'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { Components } from './components.tsx'
import { KpiRow } from './kpi-row.tsx'
import { LiveMark } from './live-mark.tsx'
import { HelpdeskActions, MoreFigures } from './more-figures.tsx'
import { Period } from './period.tsx'
import { addressOf, exportAddress, type Place } from './place.ts'
import { ResetFunnel } from './reset-funnel.tsx'
import { SignInChart } from './sign-in-chart.tsx'
import { TextsByCountry } from './texts-by-country.tsx'
import { useLive } from './use-live.ts'
import { Waiting } from './waiting.tsx'

/** How much and how well: the figures of a period, alive while it runs. */
export function Dashboard({ first, place, queue }: { first: Figures; place: Place; queue: boolean }) {
  const t = useTranslations('dashboard')
  const router = useRouter()
  const [turning, turn] = useTransition()
  const [paused, setPaused] = useState(false)
  const live = useLive(first, !paused)
  const { figures } = live
  const go = (to: Place) => turn(() => router.push(addressOf(to)))
  return (
    <>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1>{t('title')}</h1>
          <LiveMark live={live} paused={paused} onPause={setPaused} />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Period place={place} figures={figures} onGo={go} />
          <a className={buttonClass()} href={exportAddress(place)} download>
            <Download />
            {t('csv')}
          </a>
        </div>
      </div>
      <div aria-busy={turning} className={turning ? 'opacity-60' : undefined}>
        {figures.sums.length === 0 && (
          <div className="mb-5">
            <Banner kind="plain" title={t('empty')} />
          </div>
        )}
        <KpiRow figures={figures} place={place} />
        <div className="ui-columns mt-8">
          <SignInChart figures={figures} />
          <ResetFunnel figures={figures} place={place} />
        </div>
        <div className="ui-columns mt-10">
          <Waiting waiting={figures.waiting} queue={queue} />
          <Components components={figures.components} />
        </div>
        <div className="ui-columns mt-10">
          <MoreFigures figures={figures} place={place} />
          <div>
            <TextsByCountry figures={figures} place={place} />
            <div className="mt-10">
              <HelpdeskActions figures={figures} place={place} />
            </div>
          </div>
        </div>
      </div>
    </>
  )
}
