'use client'
import Download from 'lucide-react/icons/download'
import FileUp from 'lucide-react/icons/file-up'
import ListFilter from 'lucide-react/icons/list-filter'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { SenderList, SenderRule } from '#lib/features/sender-lists/schema.ts'
import { ADD_FIELD, AddForm } from './add-form.tsx'
import { CheckForm } from './check-form.tsx'
import { Filters, type Shown } from './filters.tsx'
import { Limits } from './limits.tsx'
import { List, removeButtonId } from './list.tsx'
import { useChange } from './use-change.ts'
import { useSenderLists } from './use-lists.ts'

const loadImport = () => import('./import-dialog.tsx')
const ImportDialog = lazy(loadImport)
const IMPORT = 'import-senders'
const EVERYTHING: Shown = { verdict: 'all', search: '' }

interface Props {
  initial: SenderList
  /** When the server read it, milliseconds since 1970. */
  loadedAt: number
}

export function SenderLists({ initial, loadedAt }: Props) {
  const t = useTranslations('sender-lists')
  const { lists, refresh } = useSenderLists(initial, loadedAt)
  const change = useChange(refresh)
  return (
    <>
      <PageHead title={t('title')}>{t('intro', { days: lists.heldDays })}</PageHead>
      {!lists.told && (
        <div className="mb-5">
          <Banner kind="wait" title={t('untold.title')}>
            {t('untold.text')}
          </Banner>
        </div>
      )}
      <Split asideLabel={t('aside')} aside={<Aside />}>
        <AddForm onAdded={refresh} />
        {change.refusal && (
          <div className="mt-6">
            <Refusal key={change.refusal.attempt} title={change.refusal.title} refusal={change.refusal.answer} />
          </div>
        )}
        <MyLists lists={lists} busy={change.busy} onRemove={change.remove} onChanged={refresh} />
      </Split>
    </>
  )
}

function Aside() {
  return (
    <>
      <CheckForm />
      <Limits />
    </>
  )
}

interface MyListsProps {
  lists: SenderList
  busy: ReadonlySet<string>
  onRemove: (rules: SenderRule[]) => Promise<boolean>
  onChanged: () => Promise<void>
}

function MyLists({ lists: { items, most }, busy, onRemove, onChanged }: MyListsProps) {
  const t = useTranslations('sender-lists')
  const [shown, setShown] = useState(EVERYTHING)
  const [importing, setImporting] = useState(false)
  const focusOn = useFocusOn()
  const found = items.filter((item) => matches(item, shown))

  const remove = async (rules: SenderRule[]) => {
    const at = found.findIndex(({ sender }) => sender === rules[0]?.sender)
    if (!(await onRemove(rules))) return
    const neighbours = rules.length > 1 ? [] : [found[at + 1], found[at - 1]].filter((item) => item !== undefined)
    focusOn(...neighbours.map(({ sender }) => removeButtonId(sender)), ADD_FIELD)
  }

  const actions = (
    <span className="flex gap-1">
      <Button id={IMPORT} kind="quiet" size="sm" onClick={() => setImporting(true)} onPointerEnter={loadImport} onFocus={loadImport}>
        <FileUp />
        {t('import.open')}
      </Button>
      {items.length > 0 && (
        <a href="/sender-lists/export" className={buttonClass({ kind: 'quiet', size: 'sm' })}>
          <Download />
          {t('export')}
        </a>
      )}
    </span>
  )
  return (
    <Section title={t('list.title')} count={t('list.count', { count: items.length, most })} action={actions}>
      {items.length === 0 ? (
        <Empty icon={<ListFilter />} title={t('empty.title')}>
          {t('empty.text')}
        </Empty>
      ) : (
        <>
          <Filters items={items} shown={shown} found={found} busy={busy.size > 0} onShow={setShown} onRemove={remove} />
          {found.length === 0 ? (
            <Empty
              icon={<SearchX />}
              title={t('noMatch.title')}
              action={<Button onClick={() => setShown(EVERYTHING)}>{t('noMatch.all')}</Button>}
            >
              {t('noMatch.text')}
            </Empty>
          ) : (
            <List items={found} busy={busy} onRemove={(rule) => void remove([rule])} />
          )}
        </>
      )}
      {importing && (
        <Suspense>
          <ImportDialog
            onImported={onChanged}
            onClose={() => {
              setImporting(false)
              focusOn(IMPORT)
            }}
          />
        </Suspense>
      )}
    </Section>
  )
}

function matches({ sender, unicode, verdict }: SenderRule, shown: Shown): boolean {
  const search = shown.search.normalize('NFKC').trim().toLowerCase()
  const said = shown.verdict === 'all' || shown.verdict === verdict
  return said && [sender, unicode].some((text) => text?.includes(search))
}
