'use client'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import Check from 'lucide-react/icons/check'
import Megaphone from 'lucide-react/icons/megaphone'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { endIncidentAction } from '#lib/features/help/actions.ts'
import type { Announced } from '#lib/features/help/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { AnnounceForm } from './announce-form.tsx'

const LOOK = {
  running: { kind: 'ok', icon: <Megaphone /> },
  planned: { kind: 'wait', icon: <CalendarClock /> },
  over: { kind: 'off', icon: <Check /> },
} as const

/** What is announced, runs or is over, and the form for one. */
export function AnnouncedScreen({ announcements }: { announcements: Announced[] }) {
  const t = useTranslations('settings.announcements')
  const router = useRouter()
  const [open, setOpen] = useState<Announced | 'new'>()
  const { busy, refused, act } = useAct()
  const done = (text: string) => {
    setOpen(undefined)
    router.refresh()
    toast({ text, icon: <Check /> })
  }
  const end = async ({ id }: Announced) => {
    if (await act(() => endIncidentAction({ id }))) done(t('ended'))
  }
  if (open)
    return (
      <AnnounceForm
        key={open === 'new' ? 'new' : open.id}
        announced={open === 'new' ? undefined : open}
        onSaved={() => done(t('saved'))}
        onClose={() => setOpen(undefined)}
      />
    )
  const start = (
    <Button kind="primary" onClick={() => setOpen('new')}>
      {t('new')}
    </Button>
  )
  return (
    <Section title={t('list')} first action={announcements.length > 0 && start}>
      {refused && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={t('notEnded')} refusal={refused} />
        </div>
      )}
      {announcements.length === 0 ? (
        <Empty icon={<Megaphone />} title={t('none')} action={start}>
          {t('noneText')}
        </Empty>
      ) : (
        <List announcements={announcements} busy={busy} onChange={setOpen} onEnd={end} />
      )}
    </Section>
  )
}

interface ListProps {
  announcements: Announced[]
  busy: boolean
  onChange: (announced: Announced) => void
  onEnd: (announced: Announced) => void
}

function List({ announcements, busy, onChange, onEnd }: ListProps) {
  const t = useTranslations('settings.announcements')
  const [format, locale] = [useFormat(), useLocale()]
  const timesOf = ({ startsAt, endsAt }: Announced) =>
    endsAt
      ? t('fromTo', { from: format.dayAndTime(startsAt), to: format.dayAndTime(endsAt) })
      : t('fromOn', { from: format.dayAndTime(startsAt) })
  return (
    <Table label={t('list')} compact fold="max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_c']">
      <thead>
        <Tr>
          <Th className="w-28">{t('state')}</Th>
          <Th>{t('title')}</Th>
          <Th className="w-72">{t('times')}</Th>
          <Th className="w-40" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {announcements.map((announced) => {
          const title = announced.title[locale === 'en' ? 'en' : 'zh']
          return (
            <Tr key={announced.id}>
              <Td area="a">
                <Status kind={LOOK[announced.state].kind} icon={LOOK[announced.state].icon}>
                  {t(`states.${announced.state}`)}
                </Status>
              </Td>
              <Td area="b" strong className="break-words">
                {title}
              </Td>
              <Td area="c" figures>
                {timesOf(announced)}
              </Td>
              <Td area="e" action>
                {announced.state !== 'over' && (
                  <>
                    <Button kind="quiet" size="sm" aria-label={t('changeName', { title })} onClick={() => onChange(announced)}>
                      {t('change')}
                    </Button>
                    <Button kind="quiet" size="sm" busy={busy} aria-label={t('endName', { title })} onClick={() => onEnd(announced)}>
                      {t('end')}
                    </Button>
                  </>
                )}
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
