'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import CopyCheck from 'lucide-react/icons/copy-check'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { HowOld } from '#components/ui/not-read.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { mergeContactsAction } from '#lib/features/contacts/actions.ts'
import { duplicatesQuery, isSignedOut } from '#lib/features/contacts/queries.ts'
import type { DuplicateSets } from '#lib/features/contacts/schema.ts'
import { DuplicateSet } from './duplicate-set.tsx'

const keyOf = ({ contacts }: DuplicateSets['sets'][number]) => contacts.map(({ id, version }) => `${id} ${version}`).join()
export const setId = (at: number) => `duplicate-set-${at}`
const NONE_LEFT = 'no-duplicates'

/** Contacts that seem to be one person, one set under the other, each with what would come of it. */
export function Duplicates({ first, at }: { first: DuplicateSets; at: number }) {
  const t = useTranslations('contacts.duplicate')
  const client = useQueryClient()
  const read = useQuery({ ...duplicatesQuery, initialData: first, initialDataUpdatedAt: at })
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set())
  const [merging, setMerging] = useState<string>()
  const [refused, setRefused] = useState<{ key: string; answer: Refused; attempt: number }>()
  const focusOn = useFocusOn()
  const sets = read.data.sets.filter((set) => !skipped.has(keyOf(set)))
  const skip = (set: DuplicateSets['sets'][number], index: number) => {
    setSkipped(new Set(skipped).add(keyOf(set)))
    focusOn(setId(Math.min(index, sets.length - 2)), NONE_LEFT)
  }
  const merge = async (set: DuplicateSets['sets'][number], index: number) => {
    const key = keyOf(set)
    if (merging) return
    setMerging(key)
    const { contacts, merged: card } = set
    const ids = contacts.map(({ id }) => id)
    const versions = contacts.map(({ version }) => version)
    const answer = await answerOf(mergeContactsAction({ ids, versions, card }))
    if (answer.ok) {
      setRefused(undefined)
      toast({ text: t('merged', { count: set.contacts.length, name: set.merged.name }) })
    } else setRefused((before) => ({ key, answer, attempt: (before?.attempt ?? 0) + 1 }))
    // Also after a refusal: somebody changed one of them, and the proposal is another now.
    await client.invalidateQueries({ queryKey: ['contacts'] })
    setMerging(undefined)
    if (answer.ok) focusOn(setId(Math.min(index, sets.length - 2)), NONE_LEFT)
  }
  return (
    <>
      <PageHead title={t('title')} action={<ButtonLink href="/contacts">{t('back')}</ButtonLink>}>
        {t('intro')}
      </PageHead>
      <HowOld stale={read.isError ? { since: new Date(read.dataUpdatedAt), signedOut: isSignedOut(read.error) } : null} />
      {refused && (
        <div className="mb-5">
          <Refusal key={refused.attempt} title={t('notMerged')} refusal={refused.answer} />
        </div>
      )}
      {sets.map((set, index) => (
        <DuplicateSet
          key={keyOf(set)}
          id={setId(index)}
          set={set}
          first={index === 0}
          merging={merging === keyOf(set)}
          onMerge={() => void merge(set, index)}
          onSkip={() => skip(set, index)}
        />
      ))}
      {sets.length === 0 && (
        <div id={NONE_LEFT} tabIndex={-1} className="outline-none">
          <Empty
            icon={<CopyCheck />}
            title={t(skipped.size > 0 ? 'allSkipped' : 'none')}
            action={skipped.size > 0 && <Button onClick={() => setSkipped(new Set())}>{t('showSkipped')}</Button>}
          >
            {skipped.size > 0 ? t('allSkippedText', { count: skipped.size }) : t('noneText')}
          </Empty>
        </div>
      )}
      {read.data.more && <p className="mt-6 text-ink-2 text-sm">{t('more')}</p>}
    </>
  )
}
