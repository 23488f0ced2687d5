'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import CircleOff from 'lucide-react/icons/circle-off'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { AppPassword } from '#lib/features/app-passwords/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { EXPIRING_DAYS, lastDay } from './expiry.ts'

interface Props {
  items: AppPassword[]
  on: boolean
  onRevoke: (item: AppPassword) => void
}

export const revokeButtonId = (id: string) => `revoke-${id}`

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'a_e'_'c_e'_'d_d'_'b_b'] max-md:[&_[data-area=e]]:self-start max-md:[&_[data-area=e]]:-mt-1"

export function List({ items, on, onRevoke }: Props) {
  const t = useTranslations('app-passwords.list')
  return (
    <Table label={t('title')} hover fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-36 xl:w-48">{t('name')}</Th>
          <Th className="w-32 xl:w-36">{t('protocols')}</Th>
          <Th className="w-26 max-xl:hidden">{t('created')}</Th>
          <Th className="w-50">{t('expires')}</Th>
          <Th>{t('lastUsed')}</Th>
          <Th className="w-18" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} on={on} onRevoke={onRevoke} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ item, on, onRevoke }: { item: AppPassword; on: boolean; onRevoke: Props['onRevoke'] }) {
  const t = useTranslations('app-passwords.list')
  const format = useFormat()
  const dead = item.daysLeft < 0
  const protocols = item.protocols.map((protocol) => protocol.toUpperCase()).join(' · ')
  return (
    <Tr>
      <Td area="a" strong={!dead} faint={dead}>
        <span title={item.name}>{item.name}</span>
      </Td>
      <Td area="b" faint>
        <span className="text-xs" title={protocols}>
          {protocols}
        </span>
      </Td>
      <Td figures faint className="max-xl:hidden">
        {format.date(item.createdAt)}
      </Td>
      <Td area="c" figures>
        <span className="text-ink-3 text-xs md:hidden">{t('expires')} </span>
        {format.date(lastDay(item.expiresAt))} <Expiry item={item} on={on} />
      </Td>
      <Td area="d">
        <LastUsed used={item.lastUsed} />
      </Td>
      <Td area="e" action>
        <Button id={revokeButtonId(item.id)} kind="quiet" size="sm" onClick={() => onRevoke(item)}>
          {t('revoke')}
          <span className="sr-only"> {item.name}</span>
        </Button>
      </Td>
    </Tr>
  )
}

function Expiry({ item: { daysLeft, expiresAt }, on }: { item: AppPassword; on: boolean }) {
  const t = useTranslations('app-passwords.list')
  const format = useFormat()
  if (daysLeft < 0)
    return (
      <Status kind="off" icon={<AlarmClock />}>
        {t('expired')}
      </Status>
    )
  if (!on)
    return (
      <Status kind="off" icon={<CircleOff />}>
        {t('suspended')}
      </Status>
    )
  if (daysLeft >= EXPIRING_DAYS) return null
  return (
    <Status kind="hold" icon={<AlarmClock />}>
      {format.inDays(lastDay(expiresAt))}
    </Status>
  )
}

/** A network with a name is worth saying; a block of addresses only repeats the address. */
const isNamed = (network: string) => !network.includes('/')

function LastUsed({ used }: { used: AppPassword['lastUsed'] }) {
  const t = useTranslations('app-passwords.list')
  const format = useFormat()
  const locale = useLocale()
  if (!used) return <span className="text-ink-2">{t('neverUsed')}</span>
  const network = used.network && isNamed(used.network) ? used.network.split('|').at(locale === 'en' ? -1 : 0) : null
  const where = [used.protocol.toUpperCase(), network, used.ip].filter(Boolean).join(' · ')
  return (
    <>
      <time dateTime={used.at.toISOString()} className="tabular-nums">
        {format.moment(used.at)}
      </time>{' '}
      <span className="text-ink-3 text-xs" title={where}>
        {where}
      </span>
    </>
  )
}
