'use client'
import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { isOutside, isPlain } from '#components/ui/row-click.ts'
import { Td, Tr } from '#components/ui/table.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Outcome } from './outcome.tsx'

export const rowId = (id: string) => `mail-${id}`

interface Props {
  mail: ReceivedMail
  href: string
  narrow: boolean
  /** It stands among those that are deleted soon. */
  expiring: boolean
  selected: boolean
  open: boolean
  added: boolean
  onOpen: () => void
  onSelect: (through: boolean) => void
}

export function Row({ mail, href, narrow, expiring, selected, open, added, onOpen, onSelect }: Props) {
  const t = useTranslations('received.list')
  const format = useFormat()
  const { id, arrivedAt, from, size } = mail
  const subject = mail.subject || t('noSubject')
  const openIt = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    onOpen()
  }
  return (
    <Tr
      data-row={id}
      selected={selected}
      open={open}
      added={added}
      onClick={(event) => isOutside(event) && openIt(event)}
      className="cursor-pointer"
    >
      <Td area="x" className="cursor-auto">
        <Checkbox
          label={<span className="sr-only">{t('selectOne', { subject })}</span>}
          checked={selected}
          onChange={({ nativeEvent }) => onSelect('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
        />
      </Td>
      <Td area="a" figures faint>
        <time dateTime={arrivedAt.toISOString()}>{expiring ? format.date(arrivedAt).slice(5) : format.time(arrivedAt)}</time>
      </Td>
      <Td area="b" className="truncate">
        <bdi title={from?.address}>{from ? from.name || from.address : t('system')}</bdi>
      </Td>
      <Td area="c" className="max-md:text-md">
        <a
          id={rowId(id)}
          href={href}
          aria-current={open || undefined}
          onClick={openIt}
          className="block truncate rounded-1 text-ink no-underline hover:underline"
        >
          <bdi>{subject}</bdi>
        </a>
      </Td>
      {!narrow && (
        <Td figures end faint className="max-xl:hidden">
          {size !== null && format.size(size)}
        </Td>
      )}
      <Td area="d" className="truncate">
        <Outcome mail={mail} short={narrow} expiring={expiring} />
      </Td>
    </Tr>
  )
}
