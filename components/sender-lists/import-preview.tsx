'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Preview } from '#lib/features/sender-lists/schema.ts'

/** Counts, and every line that cannot be put with the reason. */
export function ImportPreview({ preview: { added, same, turned, total, most, faulty } }: { preview: Preview }) {
  const t = useTranslations('sender-lists.import')
  return (
    <>
      {total > most && (
        <div className="mt-4">
          <Banner kind="stop" role="alert" title={t('tooManyTitle', { total, most })}>
            {t('tooManyText', { over: total - most })}
          </Banner>
        </div>
      )}
      <div className="mt-4">
        <Facts narrow>
          <Fact label={t('preview.added')}>{t('senders', { count: added })}</Fact>
          <Fact label={t('preview.same')}>{t('senders', { count: same })}</Fact>
          <Fact label={t('preview.turned')}>
            {t('senders', { count: turned.count })}
            {turned.count > 0 && (
              <span className="block text-ink-2 text-xs [overflow-wrap:anywhere]">
                {turned.senders.join(', ')}
                {turned.count > turned.senders.length && ' …'}
              </span>
            )}
          </Fact>
          <Fact label={t('preview.faulty')}>{t('lines', { count: faulty.count })}</Fact>
        </Facts>
      </div>
      {faulty.count > 0 && (
        <div className="mt-4">
          <Table label={t('preview.faulty')} wrap>
            <thead>
              <Tr>
                <Th className="w-14" figures>
                  {t('preview.line')}
                </Th>
                <Th>{t('preview.text')}</Th>
                <Th>{t('preview.fault')}</Th>
              </Tr>
            </thead>
            <tbody>
              {faulty.lines.map(({ line, text, fault }, index) => (
                <Tr key={`${line} ${index}`}>
                  <Td figures faint>
                    {line}
                  </Td>
                  <Td className="[overflow-wrap:anywhere]">{text}</Td>
                  <Td className="text-ink-2">{t(`fault.${fault}`)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          {faulty.count > faulty.lines.length && (
            <p className="mt-2 text-ink-3 text-sm">{t('moreFaulty', { count: faulty.count - faulty.lines.length })}</p>
          )}
        </div>
      )}
    </>
  )
}
