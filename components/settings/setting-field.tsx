'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Setting } from '#lib/features/settings/schema.ts'
import { useSettingWords } from './words.ts'

export const fieldId = (name: string) => `setting-${name}`

interface Props {
  setting: Setting
  /** Null: the site says nothing, and what is under it counts. */
  draft: string | null
  wrong: boolean
  onChange: (draft: string | null) => void
}

/** One setting: its sentence, its value, and who has said so. */
export function SettingField({ setting, draft, wrong, onChange }: Props) {
  const t = useTranslations('settings.policy')
  const words = useSettingWords()
  const { name, kind, choices, max, under } = setting
  const common = {
    id: fieldId(name),
    label: words.name(name),
    help: words.help(name),
    error: wrong ? words.wrong(setting) : undefined,
    value: draft ?? under.value,
  }
  return (
    <div className="border-line border-b py-4 last:border-b-0 [&>:first-child]:mt-0">
      {kind === 'choice' ? (
        <Select
          {...common}
          options={(choices ?? []).map((value) => ({ value, label: words.choice(name, value) }))}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <TextField
          {...common}
          className={kind === 'number' ? '[&_.ui-input]:max-w-32' : kind === 'pattern' ? '[&_.ui-input]:font-mono' : ''}
          inputMode={kind === 'number' ? 'numeric' : undefined}
          maxLength={kind === 'number' ? String(max).length : 1_000}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      <p className="mt-1 flex min-h-7 flex-wrap items-center gap-x-2 text-ink-3 text-sm">
        {setting.leftOut && <span className="text-hold">{t('leftOut')}</span>}
        {draft === null ? t(`from.${under.from}`) : t('from.site', { value: words.value(name, under.value) })}
        {(draft !== null || setting.leftOut) && (
          <Button kind="quiet" size="sm" onClick={() => onChange(null)}>
            {t('follow')}
          </Button>
        )}
      </p>
    </div>
  )
}
