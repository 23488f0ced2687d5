'use client'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Segment } from '#components/ui/segment.tsx'
import type { SenderRule, Verdict } from '#lib/features/sender-lists/schema.ts'

export interface Shown {
  verdict: Verdict | 'all'
  search: string
}

interface Props {
  items: SenderRule[]
  shown: Shown
  found: SenderRule[]
  busy: boolean
  onShow: (shown: Shown) => void
  onRemove: (found: SenderRule[]) => void
}

/** Which of them are shown; what a search has found can be taken off together. */
export function Filters({ items, shown, found, busy, onShow, onRemove }: Props) {
  const t = useTranslations('sender-lists')
  const id = useId()
  const count = (verdict: Shown['verdict']) => (verdict === 'all' ? items : items.filter((item) => item.verdict === verdict)).length
  const options = (['all', 'block', 'allow'] as const).map((value) => ({
    value,
    label: (
      <span className="px-2.5">
        {t(`filter.${value}`)} <span className="font-normal text-ink-3 tabular-nums">{count(value)}</span>
      </span>
    ),
  }))
  return (
    <search className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <div className="max-md:w-full [&>fieldset]:mt-0 [&_legend]:m-0">
        <Segment
          legend={<span className="sr-only">{t('filter.label')}</span>}
          name="shown"
          options={options}
          value={shown.verdict}
          onChange={(verdict) => onShow({ ...shown, verdict: verdict as Shown['verdict'] })}
        />
      </div>
      <div className="relative max-w-104 flex-[1_1_14rem]">
        <input
          id={id}
          type="search"
          className="ui-input peer pl-8.5!"
          placeholder=" "
          autoComplete="off"
          value={shown.search}
          onChange={(event) => onShow({ ...shown, search: event.target.value })}
        />
        <label
          htmlFor={id}
          className="pointer-events-none absolute inset-y-0 left-8.5 flex items-center text-ink-3 peer-not-placeholder-shown:[clip-path:inset(50%)]"
        >
          {t('filter.search')}
        </label>
        <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-3">
          <Search />
        </span>
      </div>
      {shown.search !== '' && found.length > 1 && (
        <Button kind="quiet" size="sm" busy={busy} onClick={() => onRemove(found)}>
          {t('filter.remove', { count: found.length })}
        </Button>
      )}
      <p role="status" className="sr-only">
        {shown.search !== '' && t('filter.found', { count: found.length })}
      </p>
    </search>
  )
}
