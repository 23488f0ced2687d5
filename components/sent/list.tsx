'use client'
import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { isOutside, isPlain } from '#components/ui/row-click.ts'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { SentMail, SentPage } from '#lib/features/sent/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { State } from './state.tsx'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_a'_'c_c'_'d_d'] max-md:[&_tr]:grid-cols-[minmax(0,1fr)_auto] max-md:[&_tr]:border-line"

export const rowId = (id: string) => `mail-${id}`

interface Props {
  page: SentPage
  openId: string | null
  addressOf: (id: string) => string
  onOpen: (id: string) => void
}

export function List({ page: { mails, days }, openId, addressOf, onOpen }: Props) {
  const t = useTranslations('sent.list')
  const narrow = openId !== null
  return (
    <Table label={t('label', { days })} hover fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-30 md:pl-2">{t('time')}</Th>
          <Th className={narrow ? 'w-32' : 'w-56'}>{t('to')}</Th>
          <Th>{t('subject')}</Th>
          {!narrow && (
            <Th className="w-20 max-xl:hidden" end>
              {t('size')}
            </Th>
          )}
          <Th className={narrow ? 'w-36' : 'w-48'}>{t('state')}</Th>
        </Tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <Row key={mail.id} {...{ mail, narrow }} href={addressOf(mail.id)} open={mail.id === openId} onOpen={() => onOpen(mail.id)} />
        ))}
      </tbody>
    </Table>
  )
}

interface RowProps {
  mail: SentMail
  narrow: boolean
  href: string
  open: boolean
  onOpen: () => void
}

function Row({ mail, narrow, href, open, onOpen }: RowProps) {
  const t = useTranslations('sent.list')
  const format = useFormat()
  const { id, sentAt, to, more, subject, size } = mail
  const others = to.length - 1 + more
  const openIt = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    onOpen()
  }
  return (
    <Tr open={open} onClick={(event) => isOutside(event) && openIt(event)} className="cursor-pointer">
      <Td area="a" figures faint className="md:pl-2">
        <time dateTime={sentAt.toISOString()}>{`${format.date(sentAt).slice(5)} ${format.time(sentAt)}`}</time>
      </Td>
      <Td area="b">
        <span className="flex gap-1.5" title={to.join(t('separator'))}>
          <bdi className="truncate">{to[0]}</bdi>
          {others > 0 && <span className="text-ink-3">+{others}</span>}
        </span>
      </Td>
      <Td area="c" className="max-md:text-md">
        <a
          id={rowId(id)}
          href={href}
          aria-current={open || undefined}
          onClick={openIt}
          className="block truncate rounded-1 text-ink no-underline hover:underline"
        >
          <bdi>{subject || t('noSubject')}</bdi>
        </a>
      </Td>
      {!narrow && (
        <Td figures end faint className="max-xl:hidden">
          {size !== null && format.size(size)}
        </Td>
      )}
      <Td area="d" className="truncate">
        <State mail={mail} />
      </Td>
    </Tr>
  )
}
