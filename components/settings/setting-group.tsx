'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { keepDraft, takeDraft } from '#components/ui/kept-draft.ts'
import { Section } from '#components/ui/section.tsx'
import { toast } from '#components/ui/toast.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { setSettingsAction } from '#lib/features/settings/actions.ts'
import type { Setting, SettingsState } from '#lib/features/settings/schema.ts'
import { fieldId, SettingField } from './setting-field.tsx'
import { useSettingWords } from './words.ts'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

type Drafts = Partial<Record<Setting['name'], string | null>>
export type Group = 'names' | 'passwords' | 'phones' | 'mail' | 'desk'

interface Props {
  group: Group
  first: boolean
  settings: Setting[]
  isFresh: () => boolean
  onSaved: (state: SettingsState) => void
}

const savedOf = ({ from, value, leftOut }: Setting) => (from === 'site' && !leftOut ? value : null)

/** What depends on each other is saved together. */
export function SettingGroup({ group, first, settings, isFresh, onSaved }: Props) {
  const t = useTranslations('settings.policy')
  const words = useSettingWords()
  const [drafts, setDrafts] = useState<Drafts>({})
  const [nothing, setNothing] = useState(false)
  const [asksIdentity, askIdentity] = useState(false)
  const key = `settings-${group}`
  const ask = () => {
    keepDraft(key, drafts)
    askIdentity(true)
  }
  const { busy, refused, act } = useAct(ask)
  useEffect(() => {
    const kept = takeDraft<Drafts>(key)
    if (kept) setDrafts(kept)
  }, [key])

  const draftOf = (setting: Setting) => {
    const draft = drafts[setting.name]
    return draft === undefined ? savedOf(setting) : draft
  }
  const changes = settings
    .map((setting) => ({ setting, value: draftOf(setting)?.trim() || null }))
    .filter(({ setting, value }) => value !== savedOf(setting) || (setting.leftOut && value === null && drafts[setting.name] === null))
    .map(({ setting: { name, version }, value }) => ({ name, value, version }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setNothing(changes.length === 0)
    if (changes.length === 0) return
    if (!isFresh()) return ask()
    const saved = await act(() => setSettingsAction({ changes }))
    if (!saved) return
    setDrafts({})
    onSaved(saved)
    toast({ text: t('saved'), icon: <Check /> })
  }

  const wrong = settings.filter(({ name }) => refused?.code === 'invalid_input' && refused.fields?.includes(name))
  return (
    <Section title={t(`groups.${group}`)} first={first}>
      <form onSubmit={submit} noValidate>
        <Trouble refused={refused} wrong={wrong.map(({ name }) => ({ id: fieldId(name), label: words.name(name) }))} title={t('failed')} />
        <div className="grid lg:grid-cols-2 lg:gap-x-10">
          {settings.map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              draft={draftOf(setting)}
              wrong={wrong.includes(setting)}
              onChange={(draft) => setDrafts({ ...drafts, [setting.name]: draft })}
            />
          ))}
        </div>
        <p className="mt-4 flex flex-wrap items-center gap-x-3">
          <Button type="submit" kind="primary" busy={busy} busyLabel={t('saving')}>
            {t(`save.${group}`)}
          </Button>
          <span role="status" className="text-ink-2 text-sm">
            {nothing && changes.length === 0 && t('nothing')}
          </span>
        </p>
      </form>
      {asksIdentity && (
        <Suspense>
          <StepUp help={t('stepUp')} returnTo="/desk/settings" onClose={() => askIdentity(false)} />
        </Suspense>
      )}
    </Section>
  )
}
