import ChevronRight from 'lucide-react/icons/chevron-right'
import Download from 'lucide-react/icons/download'
import { Bars } from '#components/ui/bars.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { DrillPage } from '#lib/features/dashboard/schema.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import { FigureRows } from './figure-rows.tsx'
import { addressOf, drillAddress, exportAddress, type Place } from './place.ts'
import { partName, rangeOf } from './words.ts'

/** What is behind a number: its parts, and the list, with people masked. */
export async function BehindFigure({ page, place }: { page: DrillPage; place: Place }) {
  const [t, format, locale] = await Promise.all([getTranslations('dashboard'), getFormat(), getLocale()])
  const { figure, dimension, stopped, parts, next } = page
  const named = t(`figures.${figure}`)
  const name = dimension === null ? named : `${named} · ${partName(t, locale, figure, dimension)}`
  const bars = parts.map((part) => ({
    ...{ key: part.dimension, value: part.value, text: format.number(part.value) },
    label: partName(t, locale, figure, part.dimension),
    note: <span className="text-ink-3">{t('drill.was', { count: format.number(part.before) })}</span>,
  }))
  return (
    <>
      <nav aria-label={t('title')} className="mb-2 flex items-center gap-2 text-ink-3 text-sm">
        <TextLink href={addressOf(place)}>{t('title')}</TextLink>
        <ChevronRight />
        <span>{name}</span>
      </nav>
      <PageHead
        title={t('drill.title', { value: format.number(stopped?.value ?? page.value), figure: name })}
        action={
          <a className={buttonClass()} href={exportAddress(place, stopped ? 'reset_stopped' : figure)} download>
            <Download />
            {t('csv')}
          </a>
        }
      >
        {sentence()}
      </PageHead>
      {bars.length > 0 && dimension === null && (
        <div className="max-w-208">
          <Bars label={t('drill.parts')} max={Math.max(...parts.map(({ value }) => value))} bars={bars} wide />
        </div>
      )}
      <Section
        title={page.list === 'texts' && stopped ? t('drill.texts') : t('drill.list')}
        action={<span className="text-ink-3 text-sm">{t('drill.masked')}</span>}
      >
        <FigureRows page={page} />
        {next && (
          <div className="mt-4">
            <ButtonLink href={drillAddress(figure, place, { ...(dimension ? { dimension } : {}), before: next })}>
              {t('drill.older')}
            </ButtonLink>
          </div>
        )}
      </Section>
    </>
  )

  function sentence(): string {
    const range = rangeOf(format, locale, page)
    if (page.comparedTo === null) return t('drill.text', { range })
    if (!stopped) return t('drill.compared', { range, before: format.number(page.beforeValue) })
    const difference = stopped.value - stopped.before
    const direction = difference > 0 ? 'more' : 'fewer'
    return t('drill.stopped', { range, before: format.number(stopped.before), difference: Math.abs(difference), direction })
  }
}
