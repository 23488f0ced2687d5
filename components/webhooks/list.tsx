'use client'
import CircleOff from 'lucide-react/icons/circle-off'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Webhook } from '#lib/features/webhooks/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { EVENTS } from './event-names.ts'
import { hostOf } from './host.ts'
import { Try } from './try.tsx'

export type Act = 'test' | 'deliveries' | 'events' | 'rotate' | 'on' | 'off' | 'remove'
export const testButtonId = (id: string) => `test-${id}`

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_a'_'b_b'_'c_c'_'d_d'_'e_e']"

interface Props {
  webhooks: Webhook[]
  onAct: (act: Act, webhook: Webhook) => void
}

export function List({ webhooks, onAct }: Props) {
  const t = useTranslations('webhooks.list')
  return (
    <Table label={t('title')} hover compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th>{t('url')}</Th>
          <Th className="w-28">{t('events')}</Th>
          <Th className="w-56">{t('last')}</Th>
          <Th className="w-40">{t('state')}</Th>
          <Th className="w-36" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <Row key={webhook.id} webhook={webhook} onAct={onAct} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ webhook, onAct }: { webhook: Webhook; onAct: Props['onAct'] }) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  const { id, url, events, on, last } = webhook
  const host = hostOf(webhook)
  const item = (act: Act) => ({
    label: t(`act.${act}`),
    danger: act === 'remove',
    onSelect: () => onAct(act, webhook),
  })
  return (
    <Tr>
      <Td area="a" strong={on} faint={!on} className="[overflow-wrap:anywhere]">
        {url}
      </Td>
      <Td area="b">{events.length === EVENTS.length ? t('list.all') : t('list.some', { count: events.length })}</Td>
      <Td area="c">
        {last ? (
          <>
            <Try tried={last} /> <span className="text-ink-3 text-xs tabular-nums">{format.moment(last.triedAt ?? last.createdAt)}</span>
          </>
        ) : (
          <span className="text-ink-2">{t('list.none')}</span>
        )}
      </Td>
      <Td area="d">
        <State webhook={webhook} />
      </Td>
      <Td area="e" action>
        <Button id={testButtonId(id)} kind="quiet" size="sm" onClick={() => onAct('test', webhook)}>
          {t('act.test')}
          <span className="sr-only"> {host}</span>
        </Button>
        <Menu
          kind="icon"
          size="sm"
          label={t('list.more', { host })}
          items={[item('deliveries'), item('events'), item('rotate'), item(on ? 'off' : 'on'), item('remove')]}
        >
          <Ellipsis />
        </Menu>
      </Td>
    </Tr>
  )
}

function State({ webhook: { on, offReason, failingSince } }: { webhook: Webhook }) {
  const t = useTranslations('webhooks.state')
  const format = useFormat()
  if (!on)
    return (
      <Status kind={offReason === 'asked' ? 'off' : 'stop'} icon={<CircleOff />}>
        <span className="whitespace-normal">{t(offReason === 'failing' || offReason === 'gone' ? offReason : 'off')}</span>
      </Status>
    )
  return failingSince ? <span className="text-hold">{t('since', { since: format.moment(failingSince) })}</span> : t('on')
}
