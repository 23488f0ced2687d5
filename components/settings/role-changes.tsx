'use client'
import { useTranslations } from 'next-intl'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { RoleChange } from '#lib/features/settings/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const outcomeOf = ({ kind, state }: RoleChange) => (kind === 'revoke' ? 'revoked' : state === 'withdrawn' ? 'withdrawn' : 'granted')

/** Who has granted, withdrawn and taken away what. */
export function RoleChanges({ changes }: { changes: RoleChange[] }) {
  const t = useTranslations('settings.roles')
  const format = useFormat()
  return (
    <Section title={t('changes.title')}>
      {changes.length === 0 ? (
        <p className="mt-3 text-ink-2">{t('changes.none')}</p>
      ) : (
        <Table label={t('changes.title')} compact wrap fold="max-md:[&_tr]:[grid-template-areas:'a_a'_'b_b'_'c_c']">
          <thead>
            <Tr>
              <Th className="w-36">{t('changes.at')}</Th>
              <Th>{t('changes.what')}</Th>
              <Th className="w-80">{t('changes.by')}</Th>
            </Tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <Tr key={change.id}>
                <Td area="a" figures>
                  {change.decidedAt && format.moment(change.decidedAt)}
                </Td>
                <Td area="b" className="break-words">
                  <b>{t(`changes.${outcomeOf(change)}`, { role: t(`names.${change.role}`), group: change.group })}</b>{' '}
                  <span className="text-ink-2">{change.reason}</span>
                </Td>
                <Td area="c" className="break-words">
                  {change.kind === 'revoke' || change.decidedBy === null
                    ? change.askedBy
                    : t('changes.two', { asked: change.askedBy, decided: change.decidedBy })}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}
