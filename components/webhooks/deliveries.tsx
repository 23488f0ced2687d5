'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Table, TableSkeleton, Td, Th, Tr } from '#components/ui/table.tsx'
import { useInUse } from '#components/ui/use-in-use.ts'
import { deliveriesQuery } from '#lib/features/webhooks/queries.ts'
import type { Delivery, Webhook } from '#lib/features/webhooks/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { hostOf } from './host.ts'
import { Try } from './try.tsx'

const EVERY_MS = 3_000
const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_a'_'b_b'_'c_d']"

interface Props {
  webhook: Webhook
  onClose: () => void
}

/** Read anew while it is open: a test shows how it went. */
export default function Deliveries({ webhook, onClose }: Props) {
  const t = useTranslations('webhooks.deliveries')
  const common = useTranslations('common')
  const inUse = useInUse()
  const { data, isError } = useQuery({ ...deliveriesQuery(webhook.id), refetchInterval: inUse && EVERY_MS })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={t('title', { host: hostOf(webhook) })}
      help={t('help')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="mt-4">
        {data ? (
          <Sent deliveries={data} />
        ) : (
          !isError && <TableSkeleton label={common('loading')} columns={['', 'w-48', 'w-36']} rows={3} />
        )}
        <p role="status" className="mt-2 text-ink-2 text-sm">
          {isError && t('failed')}
        </p>
      </div>
    </Dialog>
  )
}

function Sent({ deliveries }: { deliveries: Delivery[] }) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  if (deliveries.length === 0) return <p className="text-ink-2">{t('deliveries.none')}</p>
  return (
    <Table label={t('act.deliveries')} compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th>{t('deliveries.event')}</Th>
          <Th className="w-52">{t('deliveries.state')}</Th>
          <Th className="w-16" figures end>
            {t('deliveries.attempts')}
          </Th>
          <Th className="w-32">{t('deliveries.time')}</Th>
        </Tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Tr key={delivery.id}>
            <Td area="a">{t(`event.${delivery.event}`)}</Td>
            <Td area="b">
              <Try tried={delivery} />
            </Td>
            <Td area="d" figures end>
              {delivery.attempts}
            </Td>
            <Td area="c" figures faint>
              {format.moment(delivery.triedAt ?? delivery.createdAt)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
