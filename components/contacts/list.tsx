'use client'
import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { isOutside, isPlain } from '#components/ui/row-click.ts'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Contact } from '#lib/features/contacts/schema.ts'
import type { Selection } from './use-selection.ts'

export const rowId = (id: string) => `contact-${id}`

const FOLD = "max-md:[&_tr]:[grid-template-areas:'x_a'_'x_b'_'x_c'] max-md:[&_tr]:grid-cols-[2rem_minmax(0,1fr)] max-md:[&_tr]:border-line"

interface Props {
  contacts: Contact[]
  openId: string | null
  /** A contact is open beside it. */
  narrow: boolean
  selection: Selection
  addressOf: (id: string) => string
  onOpen: (id: string) => void
}

export function List({ contacts, openId, narrow, selection, addressOf, onOpen }: Props) {
  const t = useTranslations('contacts.list')
  return (
    <Table label={t('label')} hover fold={FOLD}>
      <thead className="ui-bulk-head">
        <Tr>
          <Th className="w-9" hidden>
            {t('select')}
          </Th>
          <Th className={narrow ? 'w-44' : 'w-40'}>{t('name')}</Th>
          <Th>{t('email')}</Th>
          <Th className="w-36">{t('phone')}</Th>
          {!narrow && <Th className="w-48 max-xl:hidden">{t('organisation')}</Th>}
        </Tr>
      </thead>
      <tbody>
        {contacts.map((contact) => (
          <Row
            key={contact.id}
            {...{ contact, narrow }}
            href={addressOf(contact.id)}
            selected={selection.has(contact.id)}
            open={contact.id === openId}
            onOpen={() => onOpen(contact.id)}
            onSelect={(through) => (through ? selection.extend : selection.toggle)(contact.id)}
          />
        ))}
      </tbody>
    </Table>
  )
}

interface RowProps {
  contact: Contact
  narrow: boolean
  href: string
  selected: boolean
  open: boolean
  onOpen: () => void
  onSelect: (through: boolean) => void
}

function Row({ contact, narrow, href, selected, open, onOpen, onSelect }: RowProps) {
  const t = useTranslations('contacts.list')
  const { id, name, emails, phones, organisation } = contact
  const openIt = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    onOpen()
  }
  return (
    <Tr data-row={id} selected={selected} open={open} onClick={(event) => isOutside(event) && openIt(event)} className="cursor-pointer">
      <Td area="x" className="cursor-auto">
        <Checkbox
          label={<span className="sr-only">{t('selectOne', { name })}</span>}
          checked={selected}
          onChange={({ nativeEvent }) => onSelect('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
        />
      </Td>
      <Td area="a" className="max-md:text-md">
        <a
          id={rowId(id)}
          href={href}
          aria-current={open || undefined}
          onClick={openIt}
          className="block truncate rounded-1 text-ink no-underline hover:underline"
        >
          <bdi>{name}</bdi>
        </a>
      </Td>
      <Td area="b" className="truncate">
        <First values={emails.map(({ address }) => address)} />
      </Td>
      <Td area="c" figures className="truncate max-md:text-ink-2">
        <First values={phones.map(({ number }) => number)} />
      </Td>
      {!narrow && (
        <Td faint className="truncate max-xl:hidden">
          <bdi>{organisation}</bdi>
        </Td>
      )}
    </Tr>
  )
}

/** The preferred one, and how many more there are. */
function First({ values: [first, ...others] }: { values: string[] }) {
  if (first === undefined) return null
  return (
    <span className="flex gap-1.5" title={[first, ...others].join('\n')}>
      <bdi className="truncate">{first}</bdi>
      {others.length > 0 && <span className="text-ink-3">+{others.length}</span>}
    </span>
  )
}
