'use client'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { isOutside, isPlain } from '#components/ui/row-click.ts'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { QueuedRequest } from '#lib/features/requests/schema.ts'
import { Age } from './age.tsx'
import { isWaiting, State } from './state.tsx'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_a'_'c_c'_'d_d'] max-md:[&_tr]:grid-cols-[minmax(0,1fr)_auto] max-md:[&_tr]:border-line"

export const rowId = (id: string) => `request-${id}`

interface Props {
  requests: QueuedRequest[]
  /** Seen from when the ages are. */
  asOf: number
  openId: string | null
  added: ReadonlySet<string>
  addressOf: (request: QueuedRequest) => string
  onOpen: (request: QueuedRequest) => void
}

export function List({ requests, asOf, openId, added, addressOf, onOpen }: Props) {
  const t = useTranslations('requests.list')
  const narrow = openId !== null
  return (
    <Table label={t('label')} hover compact fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-24 md:pl-2">{t('age')}</Th>
          <Th className={narrow ? 'w-48' : 'w-60'}>{t('what')}</Th>
          {!narrow && <Th className="w-52 max-xl:hidden">{t('whose')}</Th>}
          <Th>{t('words')}</Th>
          <Th className={narrow ? 'w-36' : 'w-52'}>{t('state')}</Th>
        </Tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Row
            key={request.id}
            {...{ request, asOf, narrow }}
            href={addressOf(request)}
            open={request.id === openId}
            added={added.has(request.id)}
            onOpen={() => onOpen(request)}
          />
        ))}
      </tbody>
    </Table>
  )
}

interface RowProps {
  request: QueuedRequest
  asOf: number
  narrow: boolean
  href: string
  open: boolean
  added: boolean
  onOpen: () => void
}

function Row({ request, asOf, narrow, href, open, added, onOpen }: RowProps) {
  const t = useTranslations('requests')
  const { id, kind, size, address, words, comments, createdAt } = request
  const openIt = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    onOpen()
  }
  return (
    <Tr data-row={id} open={open} added={added} onClick={(event) => isOutside(event) && openIt(event)} className="cursor-pointer">
      <Td area="a" figures className="md:pl-2">
        <Age since={createdAt} asOf={asOf} waiting={isWaiting(request)} />
      </Td>
      <Td area="b" className="max-md:text-md">
        <a
          id={rowId(id)}
          href={href}
          aria-current={open || undefined}
          onClick={openIt}
          className="block truncate rounded-1 text-ink no-underline hover:underline"
        >
          {t(`title.${kind}`, { count: size })}
          <span className={narrow ? 'sr-only' : 'sr-only xl:hidden'}> {address}</span>
        </a>
      </Td>
      {!narrow && (
        <Td faint className="truncate max-xl:hidden">
          <bdi>{address}</bdi>
        </Td>
      )}
      <Td area="c" className="text-ink-2">
        <span className="flex items-center gap-2">
          <bdi className="truncate">{words}</bdi>
          {comments > 0 && (
            <span className="inline-flex items-center gap-1 text-ink-3 text-xs tabular-nums">
              <MessageSquareText />
              {comments}
              <span className="sr-only"> {t('list.comments')}</span>
            </span>
          )}
        </span>
      </Td>
      <Td area="d" className="truncate">
        <State request={request} />
      </Td>
    </Tr>
  )
}
