import Check from 'lucide-react/icons/check'
import CircleHelp from 'lucide-react/icons/circle-help'
import CircleX from 'lucide-react/icons/circle-x'
import Minus from 'lucide-react/icons/minus'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { DnsRecords } from '#lib/features/client-setup/schema.ts'

type DnsRecord = DnsRecords['records'][number]

const LOOKS: Record<DnsRecord['published'], { kind: StatusKind; icon: ReactNode }> = {
  published: { kind: 'ok', icon: <Check /> },
  missing: { kind: 'off', icon: <Minus /> },
  different: { kind: 'hold', icon: <CircleX /> },
  unknown: { kind: 'off', icon: <CircleHelp /> },
}

/** As a zone file has it. */
const lineOf = ({ name, type, value }: DnsRecord) => `${name}. IN ${type} ${type === 'TXT' ? `"${value}"` : value}`

export function DnsScreen({ dns: { domain, domains, records } }: { dns: DnsRecords }) {
  const t = useTranslations('client-setup.dns')
  const published = records.filter((record) => record.published === 'published').length
  return (
    <>
      <PageHead title={t('title')} sub={domain} action={<CopyButton value={records.map(lineOf).join('\n')}>{t('copyAll')}</CopyButton>}>
        {t('intro')}
      </PageHead>
      {domains.length > 1 && (
        <nav aria-label={t('domain')} className="mb-5 flex flex-wrap gap-2">
          {domains.map((each) => (
            <ButtonLink
              key={each}
              href={`/client-setup/dns?domain=${each}`}
              kind={each === domain ? 'chosen' : 'plain'}
              current={each === domain ? 'page' : undefined}
            >
              {each}
            </ButtonLink>
          ))}
        </nav>
      )}
      <Section
        first
        title={t('list')}
        count={t('summary', { published, all: records.length })}
        action={
          <ButtonLink kind="quiet" size="sm" href={`/client-setup/dns?domain=${domain}`}>
            <RefreshCw />
            {t('again')}
          </ButtonLink>
        }
      >
        <Records records={records} />
      </Section>
      <p className="mt-5 max-w-measure text-ink-2 text-sm">{t('proxy')}</p>
      <p className="mt-3">
        <TextLink href="/client-setup">{t('back')}</TextLink>
      </p>
    </>
  )
}

function Records({ records }: { records: DnsRecord[] }) {
  const t = useTranslations('client-setup.dns')
  return (
    <Table label={t('list')} wrap fold="max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_c'_'d_d']">
      <thead>
        <Tr>
          <Th className="w-80">{t('name')}</Th>
          <Th className="w-18">{t('type')}</Th>
          <Th>{t('value')}</Th>
          <Th className="w-48">{t('state')}</Th>
          <Th className="w-40" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <Tr key={`${record.name} ${record.type}`}>
            <Td area="a">
              <span className="break-all">{record.name}</span>
              <span className="block text-ink-3 text-xs">{t(`use.${record.use}`)}</span>
            </Td>
            <Td wideOnly>{record.type}</Td>
            <Td area="b">
              <span className="text-ink-3 md:hidden">{record.type} </span>
              <code className="break-all">{record.value}</code>
            </Td>
            <Td area="c">
              <Published record={record} />
            </Td>
            <Td area="e" action>
              <CopyButton value={lineOf(record)} kind="quiet" size="sm">
                {t('copyLine')}
              </CopyButton>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Published({ record: { published, found } }: { record: DnsRecord }) {
  const t = useTranslations('client-setup.dns')
  return (
    <>
      <Status {...LOOKS[published]}>{t(`published.${published}`)}</Status>
      {published === 'different' && <span className="block break-all text-ink-2 text-xs">{t('found', { found: found.join(' · ') })}</span>}
      {published === 'unknown' && <span className="block text-ink-3 text-xs">{t('unknownText')}</span>}
    </>
  )
}
