'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Token } from '#lib/features/tokens/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { SCOPE_WORDS } from './scope-words.ts'

export const revokeButtonId = (id: string) => `revoke-${id}`

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_c'_'d_d']"
/** Two weeks before its end somebody should make a new one. */
const SOON_MS = 14 * 86_400_000

interface Props {
  tokens: Token[]
  onRevoke: (token: Token) => void
}

export function List({ tokens, onRevoke }: Props) {
  const t = useTranslations('tokens.list')
  return (
    <Table label={t('title')} hover compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-44">{t('name')}</Th>
          <Th>{t('scopes')}</Th>
          <Th className="w-56 max-xl:hidden">{t('owner')}</Th>
          <Th className="w-40">{t('expires')}</Th>
          <Th className="w-40">{t('lastUsed')}</Th>
          <Th className="w-18" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <Row key={token.id} token={token} onRevoke={onRevoke} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ token, onRevoke }: { token: Token; onRevoke: Props['onRevoke'] }) {
  const t = useTranslations('tokens')
  const format = useFormat()
  const { id, name, scopes, owner, expiresAt, expired, lastUsed } = token
  return (
    <Tr>
      <Td area="a" strong={!expired} faint={expired}>
        {name}
      </Td>
      <Td area="b">{scopes.map((scope) => t(`scope.${SCOPE_WORDS[scope]}`)).join(' · ')}</Td>
      <Td faint className="max-xl:hidden">
        {owner}
      </Td>
      <Td area="c" figures>
        <span className="text-ink-3 text-xs md:hidden">{t('list.expires')} </span>
        {format.date(expiresAt)} <Expiry token={token} />
      </Td>
      <Td area="d" figures>
        <span className="text-ink-3 text-xs md:hidden">{t('list.lastUsed')} </span>
        {lastUsed ? format.moment(lastUsed.at) : <span className="text-ink-2">{t('list.never')}</span>}{' '}
        <span className="text-ink-3 text-xs">{lastUsed?.ip}</span>
      </Td>
      <Td area="e" action>
        <Button id={revokeButtonId(id)} kind="quiet" size="sm" onClick={() => onRevoke(token)}>
          {t('list.revoke')}
          <span className="sr-only"> {name}</span>
        </Button>
      </Td>
    </Tr>
  )
}

function Expiry({ token: { expired, expiresAt } }: { token: Token }) {
  const t = useTranslations('tokens.list')
  const format = useFormat()
  if (expired)
    return (
      <Status kind="off" icon={<AlarmClock />}>
        {t('expired')}
      </Status>
    )
  if (expiresAt.getTime() - Date.now() > SOON_MS) return null
  return (
    <Status kind="hold" icon={<AlarmClock />}>
      {format.inDays(expiresAt)}
    </Status>
  )
}
