'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Radio } from '#components/ui/radio.tsx'
import { Section } from '#components/ui/section.tsx'
import { Select } from '#components/ui/select.tsx'
import type { FilePreview, GroupList, Reading } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Found, Wish } from './import-file.ts'

interface Props {
  file: Found
  groups: GroupList
  onRead: (reading: Reading) => void
  onWish: (wish: Wish) => void
}

/** What the file is, in which charset it reads right, and where its contacts go. */
export function ImportFileAside({ file, groups, onRead, onWish }: Props) {
  const { name, preview, wish, reading } = file
  const format = useFormat()
  return (
    <Section
      first
      title={<bdi className="[overflow-wrap:anywhere]">{name}</bdi>}
      action={<span className="whitespace-nowrap text-ink-3 text-sm tabular-nums">{format.size(preview.bytes)}</span>}
    >
      <Finding {...{ preview, reading, onRead }} />
      {preview.readings.length > 1 && <Charset {...{ preview, reading, onRead }} />}
      <Group {...{ preview, groups, wish, onWish }} />
    </Section>
  )
}

/** What is put right by hand shows at once, and the file is read by it. */
interface ReadingProps {
  preview: FilePreview
  reading: Reading
  onRead: (reading: Reading) => void
}

function Finding({ preview, reading, onRead }: ReadingProps) {
  const t = useTranslations('contacts-import')
  const format = useFormat()
  const [changing, setChanging] = useState(false)
  const { dialect, columns, rows, heads, charset, readings } = preview
  const change = columns.length > 0 && (
    <Button kind="quiet" size="sm" aria-expanded={changing} onClick={() => setChanging(!changing)}>
      {t('file.change')}
    </Button>
  )
  return (
    <Facts narrow>
      <Fact label={t('file.format')}>
        <span className="flex items-baseline justify-between gap-2">
          {columns.length > 0 ? t('file.columns', { dialect: t(`dialect.${dialect}`), count: columns.length }) : t(`dialect.${dialect}`)}
          <span className="-my-1 -mr-2">{change}</span>
        </span>
        {changing && (
          <span className="mt-1 block">
            <Checkbox
              label={t('file.heads')}
              checked={reading.heads ?? heads}
              onChange={({ target }) => onRead({ heads: target.checked })}
            />
          </span>
        )}
      </Fact>
      <Fact label={t('file.rows')}>
        <span className="tabular-nums">{format.number(rows)}</span>
      </Fact>
      {readings.length <= 1 && <Fact label={t('file.charset')}>{t(`charset.${charset}`)}</Fact>}
    </Facts>
  )
}

function Charset({ preview: { charset, certainty, readings }, reading, onRead }: ReadingProps) {
  const t = useTranslations('contacts-import')
  const name = useId()
  const chosen = reading.charset ?? charset
  return (
    <Fieldset legend={t('file.which')} help={t(`file.certainty.${certainty}`, { charset: t(`charset.${charset}`) })}>
      {readings.map((each) => (
        <Radio
          key={each.charset}
          name={name}
          value={each.charset}
          label={<bdi className={each.charset === chosen ? undefined : 'text-ink-3'}>{each.sample}</bdi>}
          note={t(`charset.${each.charset}`)}
          checked={each.charset === chosen}
          onChange={() => onRead({ charset: each.charset })}
        />
      ))}
    </Fieldset>
  )
}

const NONE = ''
const OWN = 'own'
/** A group may be called as it likes, also like one of the words above. */
const NAMED = 'named:'

function Group({ preview, groups, wish, onWish }: Pick<Props, 'groups' | 'onWish'> & { preview: FilePreview; wish: Wish }) {
  const t = useTranslations('contacts-import.group')
  const { proposedGroup } = preview
  const known = groups.groups.map(({ name }) => name)
  const options = [
    { value: NONE, label: t('none') },
    ...(proposedGroup !== null && !known.includes(proposedGroup)
      ? [{ value: `${NAMED}${proposedGroup}`, label: t('proposed', { name: proposedGroup }) }]
      : []),
    ...known.map((name) => ({ value: `${NAMED}${name}`, label: name })),
    { value: OWN, label: t('own') },
  ]
  const choose = (value: string) => {
    if (value === NONE) onWish({ kind: 'none' })
    else onWish(value === OWN ? { kind: 'own', name: '' } : { kind: 'named', name: value.slice(NAMED.length) })
  }
  return (
    <>
      <Select
        label={t('label')}
        wide
        options={options}
        value={wish.kind === 'none' ? NONE : wish.kind === 'own' ? OWN : `${NAMED}${wish.name}`}
        onChange={({ target }) => choose(target.value)}
      />
      {wish.kind === 'own' && (
        <TextField
          className="mt-3"
          label={t('name')}
          value={wish.name}
          maxLength={60}
          autoComplete="off"
          autoFocus
          onChange={({ target }) => onWish({ kind: 'own', name: target.value })}
        />
      )}
    </>
  )
}
