import Form from 'next/form'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { OUTCOMES } from '#lib/features/audit/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import type { Filter, Place } from './place.ts'

interface Props {
  place: Place
  /** Every operation there is, in the order of its name. */
  operations: string[]
  /** What cannot be looked for. */
  wrong: string[]
}

/** What the list is narrowed to. A form whose answer is a page with an address: it can be kept, and sent to somebody. */
export async function Filters({ place, operations, wrong }: Props) {
  const t = await getTranslations('audit')
  const errorOf = (name: Filter) => {
    const key = `wrong.${name}` as 'wrong.account'
    return wrong.includes(name) ? t(t.has(key) ? key : 'wrong.other') : undefined
  }
  const line = (name: Filter) => ({
    ...{ name, label: t(`filter.${name}`), defaultValue: place[name], error: errorOf(name) },
    ...{ autoComplete: 'off', spellCheck: false },
  })
  return (
    <Form action="/desk/audit" role="search" aria-label={t('filter.title')} key={JSON.stringify(place)}>
      <div className="grid grid-cols-2 gap-x-4 [overflow-wrap:anywhere] lg:grid-cols-4 [&>*]:min-w-0">
        <TextField {...line('actor')} />
        <TextField {...line('account')} />
        <TextField {...line('ticket')} />
        <TextField {...line('reference')} />
        <Select
          wide
          name="operation"
          label={t('filter.operation')}
          error={errorOf('operation')}
          defaultValue={place.operation ?? ''}
          options={[{ value: '', label: t('filter.anyOperation') }, ...byCapability(operations)]}
        />
        <Select
          wide
          name="outcome"
          label={t('filter.outcome')}
          error={errorOf('outcome')}
          defaultValue={place.outcome ?? ''}
          options={[{ value: '', label: t('filter.anyOutcome') }, ...OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))]}
        />
        <TextField {...line('from')} type="date" />
        <TextField {...line('to')} type="date" />
      </div>
      <div className="mt-4 flex gap-3">
        <Button type="submit" kind="primary">
          {t('filter.show')}
        </Button>
        <ButtonLink href="/desk/audit" kind="quiet">
          {t('filter.clear')}
        </ButtonLink>
      </div>
    </Form>
  )
}

/** The names are those that stand in the log, in scripts and in files. */
function byCapability(operations: string[]) {
  const groups = Map.groupBy(operations, (name) => name.slice(0, name.indexOf('.')))
  return [...groups].map(([label, names]) => ({ label, options: names.map((name) => ({ value: name, label: name })) }))
}
