'use client'
import CircleOff from 'lucide-react/icons/circle-off'
import SearchX from 'lucide-react/icons/search-x'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Masked } from '#components/ui/masked.tsx'
import { isOutside, isPlain } from '#components/ui/row-click.ts'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { FoundAccounts } from '#lib/features/helpdesk/schema.ts'

type Found = FoundAccounts['accounts'][number]

export const rowId = (place: number) => `account-${place}`
/** As many as are ever found. */
const MOST = 20

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_d']"

export function FoundList({ query, accounts }: { query: string; accounts: Found[] }) {
  const t = useTranslations('helpdesk.search')
  if (accounts.length === 0)
    return (
      <Empty icon={<SearchX />} title={<bdi className="[overflow-wrap:anywhere]">{t('nobody', { query })}</bdi>}>
        {t('nobodyText')}
      </Empty>
    )
  return (
    <Section title={t('found', { count: accounts.length })}>
      {accounts.length >= MOST && (
        <div className="my-3">
          <Banner kind="plain" title={t('tooMany', { count: MOST })}>
            {t('tooManyText')}
          </Banner>
        </div>
      )}
      <Table label={t('found', { count: accounts.length })} hover compact fold={FOLD}>
        <thead>
          <Tr>
            <Th className="w-36">{t('name')}</Th>
            <Th>{t('address')}</Th>
            <Th className="w-36">{t('number')}</Th>
            <Th className="w-40">{t('phone')}</Th>
            <Th className="w-36" hidden>
              {t('state')}
            </Th>
          </Tr>
        </thead>
        <tbody>
          {accounts.map((found, place) => (
            <Row key={found.account} found={found} place={place} />
          ))}
        </tbody>
      </Table>
    </Section>
  )
}

function Row({ found: { account, name, address, number, phone, disabled }, place }: { found: Found; place: number }) {
  const t = useTranslations('helpdesk.search')
  const common = useTranslations('common')
  const router = useRouter()
  const href = `/desk/helpdesk/${account}`
  const none = <span className="text-ink-3">{t('none')}</span>
  return (
    <Tr data-row={place} className="cursor-pointer" onClick={(event) => isOutside(event) && isPlain(event) && router.push(href)}>
      <Td area="a" strong>
        {/* To open an account is a look at it: it is never fetched beforehand. */}
        <Link id={rowId(place)} href={href} prefetch={false}>
          {name}
        </Link>
      </Td>
      <Td area="b" className="truncate">
        {address}
      </Td>
      <Td area="c" figures>
        {number ? <Masked value={number} note={common('masked')} /> : none}
      </Td>
      <Td area="d" figures>
        {phone ? <Masked value={phone} note={common('masked')} /> : none}
      </Td>
      <Td area="e">
        {disabled && (
          <Status kind="off" icon={<CircleOff />}>
            {t('off')}
          </Status>
        )}
      </Td>
    </Tr>
  )
}
