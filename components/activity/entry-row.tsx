'use client'
import Copy from 'lucide-react/icons/copy'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Td, Tr } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import { deviceOf, networkName, whatHappened, whoDidIt, whyItWasDone } from '#lib/platform/i18n/entry-words.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Outcome } from './outcome.tsx'

export function EntryRow({ entry }: { entry: ActivityEntry }) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const format = useFormat()
  const place = [networkName(entry, locale), entry.ip].filter(Boolean).join(' · ')
  const device = deviceOf(entry)
  const who = whoDidIt(t, entry)
  const why = whyItWasDone(t, entry)
  return (
    <Tr id={`entry-${entry.id}`} tabIndex={-1}>
      <Td area="c" faint figures className="max-md:self-start">
        <time dateTime={entry.at.toISOString()}>{format.time(entry.at)}</time>
      </Td>
      <Td area="a" className="[overflow-wrap:anywhere]">
        {whatHappened(t, entry)}
        {why && <p className="mt-0.5 text-ink-2">{why}</p>}
        <Outcome entry={entry} />
      </Td>
      <Td wideOnly className="text-ink-2 [overflow-wrap:anywhere]">
        {who}
      </Td>
      <Td area="b" className="text-ink-2 [overflow-wrap:anywhere]">
        <span className="tabular-nums">
          <span className="md:hidden">{[who, place].filter(Boolean).join(' · ')}</span>
          <span className="max-md:hidden">{place}</span>
        </span>
        {device && <span className="block text-ink-3">{device}</span>}
      </Td>
      <Td area="e" action className="max-md:self-end">
        <span className="-my-1 -mr-2 block">
          <CopyReference value={entry.reference} />
        </span>
      </Td>
    </Tr>
  )
}

/** The reference is its own button: one press copies it. */
function CopyReference({ value }: { value: string }) {
  const t = useTranslations('activity')
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    toast({ text: t('copied', { reference: value }) })
  }
  return (
    <Button kind="quiet" size="sm" label={t('copy')} onClick={copy}>
      <span className="inline-flex items-center gap-1.5 text-ink-3">
        <code>{value}</code>
        <Copy />
      </span>
    </Button>
  )
}
