'use client'
import Check from 'lucide-react/icons/check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleX from 'lucide-react/icons/circle-x'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Component } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { partName, tookOf } from './words.ts'

const LOOKS: Record<Component['state'], { kind: StatusKind; icon: ReactNode }> = {
  working: { kind: 'ok', icon: <Check /> },
  slow: { kind: 'hold', icon: <TriangleAlert /> },
  down: { kind: 'stop', icon: <CircleX /> },
  unknown: { kind: 'off', icon: <CircleHelp /> },
}

/** How each component answers now, or how often it did in the period. */
export function Components({ components }: { components: Component[] }) {
  const t = useTranslations('dashboard')
  const [format, locale] = [useFormat(), useLocale()]
  const [history, setHistory] = useState(false)
  const shown = ({ milliseconds, availability }: Component) => {
    if (history) return availability === null ? '—' : `${format.number(availability)}%`
    return milliseconds === null ? '—' : tookOf(format, milliseconds)
  }
  return (
    <Section
      first
      title={t('components.title')}
      action={
        <Button kind="quiet" size="sm" onClick={() => setHistory(!history)}>
          {t(history ? 'components.latency' : 'components.availability')}
        </Button>
      }
    >
      {components.length === 0 ? (
        <p className="py-3 text-ink-2 text-sm">{t('components.none')}</p>
      ) : (
        <Table label={t('components.title')} compact>
          <thead className="sr-only">
            <Tr>
              <Th>{t('components.name')}</Th>
              <Th className="w-28">{t('components.state')}</Th>
              <Th className="w-22">{t(history ? 'components.up' : 'components.took')}</Th>
            </Tr>
          </thead>
          <tbody>
            {components.map((component) => (
              <Tr key={component.name}>
                <Td>
                  {partName(t, locale, 'component_checks', component.name)} {component.technology}
                </Td>
                <Td className="w-28">
                  <Status {...LOOKS[component.state]}>{t(`components.states.${component.state}`)}</Status>
                </Td>
                <Td className="w-22" end figures faint>
                  {shown(component)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}
