'use client'
import { useTranslations } from 'next-intl'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Card } from '#lib/features/contacts/schema.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a'_'b'_'c'] max-md:[&_tr]:grid-cols-1"

/** The first contacts of a file that has no columns: a vCard. */
export function ImportFirst({ first }: { first: Card[] }) {
  const t = useTranslations('contacts-import.first')
  const fields = useTranslations('contacts.field')
  return (
    <Section first title={t('title')}>
      <Table label={t('title')} fold={FOLD}>
        <thead>
          <Tr>
            <Th className="w-48">{fields('name')}</Th>
            <Th>{fields('email')}</Th>
            <Th className="w-40">{fields('phone')}</Th>
          </Tr>
        </thead>
        <tbody>
          {first.map(({ name, emails, phones }, at) => (
            <Tr key={at}>
              <Td area="a" className="truncate">
                <bdi>{name}</bdi>
              </Td>
              <Td area="b" className="truncate">
                <bdi>{emails.map(({ address }) => address).join(', ')}</bdi>
              </Td>
              <Td area="c" figures className="truncate">
                <bdi>{phones.map(({ number }) => number).join(', ')}</bdi>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Section>
  )
}
