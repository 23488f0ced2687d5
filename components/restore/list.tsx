'use client'
import { useTranslations } from 'next-intl'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { DeletedMail } from '#lib/features/restore/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Folder } from './folder.tsx'
import type { Selection } from './use-selection.ts'

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'x_b_a'_'x_c_c'_'x_d_d'] max-md:[&_tr]:grid-cols-[2rem_minmax(0,1fr)_auto] max-md:[&_tr]:border-line"

export function List({ mails, selection }: { mails: DeletedMail[]; selection: Selection }) {
  const t = useTranslations('restore.list')
  return (
    <Table label={t('label')} hover fold={FOLD}>
      <thead className="ui-bulk-head">
        <Tr>
          <Th className="w-9" hidden>
            {t('select')}
          </Th>
          <Th className="w-32">{t('deleted')}</Th>
          <Th className="w-36">{t('folder')}</Th>
          <Th className="w-40">{t('from')}</Th>
          <Th>{t('subject')}</Th>
          <Th className="w-28" wideOnly>
            {t('client')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <Row
            key={mail.id}
            mail={mail}
            selected={selection.has(mail.id)}
            onSelect={() => selection.put([mail.id], !selection.has(mail.id))}
          />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ mail, selected, onSelect }: { mail: DeletedMail; selected: boolean; onSelect: () => void }) {
  const t = useTranslations('restore')
  const format = useFormat()
  const { deletedAt, folder, from, deletedBy } = mail
  const subject = mail.subject || t('list.noSubject')
  return (
    <Tr selected={selected}>
      <Td area="x">
        <Checkbox label={<span className="sr-only">{t('list.selectOne', { subject })}</span>} checked={selected} onChange={onSelect} />
      </Td>
      <Td area="a" figures faint>
        <time dateTime={deletedAt.toISOString()}>{format.moment(deletedAt)}</time>
      </Td>
      <Td area="d" className="truncate">
        <Folder name={folder} />
      </Td>
      <Td area="b" className="truncate">
        <bdi title={from?.address}>{from ? from.name || from.address : t('list.noSender')}</bdi>
      </Td>
      <Td area="c" className="truncate max-md:text-md">
        <bdi>{subject}</bdi>
      </Td>
      <Td faint wideOnly className="truncate">
        {deletedBy ? <bdi>{deletedBy.client ?? t(`protocol.${deletedBy.protocol}`)}</bdi> : t('list.unknown')}
      </Td>
    </Tr>
  )
}
