'use client'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { drillAddress, type Place } from './place.ts'
import { partsOf, totalOf } from './sums.ts'
import { countryName, moneyOf } from './words.ts'

/** Texts of the period: how many, how many arrived, and what they cost. */
export function TextsByCountry({ figures: { sums, currency }, place }: { figures: Figures; place: Place }) {
  const t = useTranslations('dashboard')
  const [format, locale] = [useFormat(), useLocale()]
  const countries = partsOf(sums, 'texts')
  return (
    <Section first title={t('texts.title')}>
      {countries.length === 0 ? (
        <p className="py-3 text-ink-2 text-sm">{t('texts.none')}</p>
      ) : (
        <Table label={t('texts.title')} compact>
          <thead>
            <Tr>
              <Th>{t('texts.country')}</Th>
              <Th end className="w-20">
                {t('texts.sent')}
              </Th>
              <Th end className="w-20">
                {t('texts.delivered')}
              </Th>
              <Th end wideOnly className="w-24">
                {t('texts.failed')}
              </Th>
              <Th end className="w-24">
                {t('texts.cost')}
              </Th>
            </Tr>
          </thead>
          <tbody>
            {countries.map(({ dimension, value }) => {
              const of = (figure: 'texts_delivered' | 'texts_failed' | 'texts_cost') => totalOf(sums, figure, dimension).value
              const failed = of('texts_failed')
              return (
                <Tr key={dimension}>
                  <Td className="truncate">{countryName(t, locale, dimension)}</Td>
                  <Td end figures>
                    {format.number(value)}
                  </Td>
                  <Td end figures>
                    {((100 * of('texts_delivered')) / value).toFixed(1)}%
                  </Td>
                  <Td end figures wideOnly>
                    {failed > 0 ? (
                      <Link href={drillAddress('texts_failed', place, { dimension })} prefetch={false}>
                        {format.number(failed)}
                      </Link>
                    ) : (
                      format.number(failed)
                    )}
                  </Td>
                  <Td end figures faint>
                    {of('texts_cost') > 0 ? moneyOf(locale, currency, of('texts_cost')) : '—'}
                  </Td>
                </Tr>
              )
            })}
          </tbody>
        </Table>
      )}
    </Section>
  )
}
