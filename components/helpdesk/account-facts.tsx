import Check from 'lucide-react/icons/check'
import CircleOff from 'lucide-react/icons/circle-off'
import LockKeyhole from 'lucide-react/icons/lock-keyhole'
import type { ReactNode } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Masked } from '#components/ui/masked.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

interface Props {
  account: Account
  /** The number of the bound phone, and who may see all of it. */
  phone: ReactNode
}

/** Who it is and how the account stands; masked until the caller is verified. */
export async function AccountFacts({ account, phone }: Props) {
  const [t, common] = await Promise.all([getTranslations('helpdesk.facts'), getTranslations('common')])
  const { verified, name, address, number, unit } = account
  const none = <span className="text-ink-2">{t('none')}</span>
  return (
    <>
      <Section first title={t(verified ? 'title' : 'masked')}>
        <Facts narrow>
          <Fact label={t('name')}>{name}</Fact>
          <Fact label={t('number')}>{number ? <Value value={number} verified={verified !== null} note={common('masked')} /> : none}</Fact>
          <Fact label={t('unit')}>{verified ? (unit ?? none) : <span className="text-ink-3">{t('later')}</span>}</Fact>
          <Fact label={t('address')}>{address}</Fact>
          <Fact label={t('phone')}>{account.phone ? phone : none}</Fact>
          <Fact label={t('account')}>
            <State state={account.state} />
          </Fact>
          <Fact label={t('storage')}>
            <Storage storage={account.storage} exact={verified !== null} />
          </Fact>
          {account.details && (
            <Fact label={t('password')}>
              <Password details={account.details} />
            </Fact>
          )}
        </Facts>
      </Section>
      {!verified && <p className="mt-4 text-ink-2 text-sm">{t('privacy')}</p>}
    </>
  )
}

function Value({ value, verified, note }: { value: string; verified: boolean; note: string }) {
  return verified ? <span className="tabular-nums">{value}</span> : <Masked value={value} note={note} />
}

async function State({ state: { disabled, locked, mustChange } }: Pick<Account, 'state'>) {
  const t = await getTranslations('helpdesk.facts')
  if (disabled)
    return (
      <Status kind="stop" icon={<CircleOff />}>
        {t('disabled')}
      </Status>
    )
  if (locked)
    return (
      <Status kind="hold" icon={<LockKeyhole />}>
        {t('locked')}
      </Status>
    )
  return (
    <Status kind={mustChange ? 'wait' : 'ok'} icon={<Check />}>
      {t(mustChange ? 'mustChange' : 'active')}
    </Status>
  )
}

async function Storage({ storage, exact }: Pick<Account, 'storage'> & { exact: boolean }) {
  const [t, format] = await Promise.all([getTranslations('helpdesk.facts'), getFormat()])
  if (!storage) return <span className="text-ink-2">{t('away')}</span>
  const { usedBytes, limitBytes } = storage
  const used = format.size(usedBytes)
  return <span className="tabular-nums">{said()}</span>

  function said(): string {
    if (limitBytes === null) return t('storageFree', { used })
    return exact ? t('storageOf', { used, limit: format.size(limitBytes) }) : `${Math.round((usedBytes / limitBytes) * 100)}%`
  }
}

async function Password({ details }: { details: NonNullable<Account['details']> }) {
  const [t, format] = await Promise.all([getTranslations('helpdesk.facts'), getFormat()])
  const { passwordChangedAt, passwordExpiresAt } = details
  return (
    <>
      {passwordChangedAt ? t('changed', { day: format.day(passwordChangedAt) }) : t('unknown')}
      {passwordExpiresAt && <span className="block text-ink-3 text-xs">{t('expires', { day: format.day(passwordExpiresAt) })}</span>}
    </>
  )
}
