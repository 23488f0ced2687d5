'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Radio } from '#components/ui/radio.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import type { Duplicates, GroupList } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { FieldName } from './draft.ts'
import { ImportColumns } from './import-columns.tsx'
import { ImportFaults } from './import-faults.tsx'
import { type Found, isFound, onlyFault, type Sum, sumOf, touchedBy } from './import-file.ts'
import { ImportFileAside } from './import-file-aside.tsx'
import { ImportFileList } from './import-file-list.tsx'
import type { ImportFiles } from './use-import-files.ts'
import { useStartImport } from './use-start-import.ts'

const HOW = ['merge', 'skip', 'replace', 'keep'] as const satisfies Duplicates[]

/** What was found in the files, to be put right by hand, and what would come of them. */
export default function ImportCheck({ imports, groups }: { imports: ImportFiles; groups: GroupList }) {
  const t = useTranslations('contacts-import')
  const [shown, setShown] = useState<number>()
  const [how, setHow] = useState<Duplicates>('merge')
  const found = imports.files.filter(isFound)
  const current = found.find(({ key }) => key === shown) ?? found[0]
  const { start, starting, refused } = useStartImport()
  if (!current) return null
  const sum = sumOf(found)
  const listed = imports.files.length > 1 || imports.files.some(({ refused: why }) => why)
  return (
    <>
      {listed && (
        <div className="mb-8">
          <ImportFileList imports={imports} current={current.key} onShow={setShown} />
        </div>
      )}
      <Split
        asideFirst
        asideLabel={current.name}
        aside={
          <ImportFileAside
            key={current.key}
            file={current}
            groups={groups}
            onRead={(reading) => imports.read(current.key, reading)}
            onWish={(wish) => imports.wish(current.key, wish)}
          />
        }
      >
        <ImportColumns key={current.key} file={current} onMap={(mapping) => imports.read(current.key, { mapping })} />
        <Section title={sum.duplicates > 0 ? t('duplicates.title', { count: sum.duplicates }) : t('duplicates.allNew')}>
          {sum.duplicates > 0 ? (
            <Choice {...{ found, how }} onChange={setHow} />
          ) : (
            <p className="mt-3 text-ink-2">{t('duplicates.none')}</p>
          )}
        </Section>
        {refused && (
          <div className="mt-6">
            <Refusal key={refused.attempt} title={t('start.failed')} refusal={refused.answer} />
          </div>
        )}
        <Foot {...{ found, sum, how, starting }} onStart={() => void start(found, how)} onOther={imports.clear} />
      </Split>
    </>
  )
}

function Choice({ found, how, onChange }: { found: Found[]; how: Duplicates; onChange: (how: Duplicates) => void }) {
  const t = useTranslations('contacts-import.duplicates')
  const fields = useTranslations('contacts.field')
  const comma = useTranslations('contacts')('comma')
  const example = found.map(({ preview }) => preview.example).find((each) => each !== null)
  const notes = {
    merge: example
      ? t('mergeExample', {
          name: example.name,
          fields: example.fills.map((field) => fields(field as FieldName).toLowerCase()).join(comma),
        })
      : t('mergeNote'),
    skip: undefined,
    replace: undefined,
    keep: t('keepNote'),
  }
  return (
    <div className="mt-3">
      <Fieldset legend={t('legend')} legendHidden>
        {HOW.map((each) => (
          <Radio
            key={each}
            name="duplicates"
            value={each}
            label={t(each)}
            note={notes[each]}
            checked={how === each}
            onChange={() => onChange(each)}
          />
        ))}
      </Fieldset>
    </div>
  )
}

interface FootProps {
  found: Found[]
  sum: Sum
  how: Duplicates
  starting: boolean
  onStart: () => void
  onOther: () => void
}

function Foot({ found, sum, how, starting, onStart, onOther }: FootProps) {
  const t = useTranslations('contacts-import.start')
  const format = useFormat()
  const [listed, setListed] = useState(false)
  const count = touchedBy(sum, how)
  const nameless = found.some(({ wish }) => wish.kind === 'own' && wish.name.trim() === '')
  const obstacle = found.some(({ busy }) => busy)
    ? t('reading')
    : found.some(({ refused }) => refused)
      ? t('unread')
      : nameless
        ? t('nameless')
        : count === 0 && t('nothing')
  const fault = onlyFault(found)
  return (
    <>
      <div className="mt-8 flex flex-wrap items-center gap-3 border-line border-t pt-4">
        <Button kind="primary" busy={starting} busyLabel={t('starting')} disabledReason={obstacle} onClick={onStart}>
          {t('import', { count: format.number(count) })}
        </Button>
        <Button onClick={onOther}>{t('other', { count: found.length })}</Button>
        {sum.faulty > 0 && (
          <span className="text-ink-2 text-sm">
            {fault ? t(`leftOut.${fault}`, { count: sum.faulty }) : t('leftOut.mixed', { count: sum.faulty })}{' '}
            <Button kind="quiet" size="sm" aria-expanded={listed} onClick={() => setListed(!listed)}>
              {t(listed ? 'hideRows' : 'showRows')}
            </Button>
          </span>
        )}
      </div>
      {listed &&
        found
          .filter(({ preview }) => preview.faulty > 0)
          .map(({ key, name, preview }) => (
            <div key={key} className="mt-4">
              <ImportFaults name={found.length > 1 ? name : undefined} faults={preview.faults} faulty={preview.faulty} />
            </div>
          ))}
    </>
  )
}
