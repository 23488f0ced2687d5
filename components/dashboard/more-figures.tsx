'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Bars } from '#components/ui/bars.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { drillAddress, type Place } from './place.ts'
import { partsOf, totalOf } from './sums.ts'
import { operationName } from './words.ts'

const LISTED = ['codes_sent', 'codes_confirmed', 'app_passwords_made', 'phones_bound', 'held', 'released', 'restored', 'recalled'] as const
const MEASURED = ['accounts_locked', 'accounts_idle'] as const

interface Props {
  figures: Figures
  place: Place
}

/** What has no chart: beside as much of the period before. */
export function MoreFigures({ figures: { sums }, place }: Props) {
  const t = useTranslations('dashboard')
  const format = useFormat()
  return (
    <Section first title={t('more.title')}>
      <Table label={t('more.title')} compact>
        <thead>
          <Tr>
            <Th>{t('more.figure')}</Th>
            <Th end className="w-24">
              {t('more.value')}
            </Th>
            <Th end className="w-28">
              {t('more.before')}
            </Th>
          </Tr>
        </thead>
        <tbody>
          {[...LISTED, ...MEASURED].map((figure) => {
            const { value, before } = totalOf(sums, figure)
            const number = format.number(value)
            const listed = LISTED.some((one) => one === figure)
            return (
              <Tr key={figure}>
                <Td className="truncate first-letter:uppercase">{t(`figures.${figure}`)}</Td>
                <Td end figures>
                  {listed && value > 0 ? (
                    <Link href={drillAddress(figure, place)} prefetch={false}>
                      {number}
                    </Link>
                  ) : (
                    number
                  )}
                </Td>
                <Td end figures faint>
                  {format.number(before)}
                </Td>
              </Tr>
            )
          })}
        </tbody>
      </Table>
    </Section>
  )
}

/** What staff did for others, by kind. */
export function HelpdeskActions({ figures: { sums }, place }: Props) {
  const t = useTranslations('dashboard')
  const format = useFormat()
  const parts = partsOf(sums, 'helpdesk_actions')
  const bars = parts.map(({ dimension, value }) => ({
    ...{ key: dimension, label: operationName(t, dimension), value },
    text: (
      <Link href={drillAddress('helpdesk_actions', place, { dimension })} prefetch={false}>
        {format.number(value)}
      </Link>
    ),
  }))
  return (
    <Section first title={t('helpdesk.title')}>
      {parts.length > 0 ? (
        <Bars label={t('helpdesk.title')} max={parts[0]?.value ?? 0} bars={bars} />
      ) : (
        <p className="py-3 text-ink-2 text-sm">{t('helpdesk.none')}</p>
      )}
    </Section>
  )
}
