'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { setSettingsAction } from '#lib/features/settings/actions.ts'
import type { SettingChange, SettingsState } from '#lib/features/settings/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useSettingWords } from './words.ts'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

interface Props {
  state: SettingsState
  isFresh: () => boolean
  onSaved: (state: SettingsState) => void
}

/** Who has changed what and when. The last change of each can be set back. */
export function Changes({ state: { settings, changes }, isFresh, onSaved }: Props) {
  const t = useTranslations('settings.policy.changes')
  const policy = useTranslations('settings.policy')
  const words = useSettingWords()
  const format = useFormat()
  const { busy, refused, asksIdentity, act, askIdentity } = useAct()
  const wordsOf = (name: SettingChange['name'], value: string | null) => (value === null ? t('under') : words.value(name, value))

  const setBack = async ({ name, before: value }: SettingChange) => {
    if (!isFresh()) return askIdentity(true)
    const version = settings.find((setting) => setting.name === name)?.version ?? 0
    const saved = await act(() => setSettingsAction({ changes: [{ name, value, version }] }))
    if (!saved) return
    onSaved(saved)
    toast({ text: t('isBack', { name: words.name(name) }), icon: <Check /> })
  }

  return (
    <Section title={t('title')}>
      {refused && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={policy('failed')} refusal={refused} />
        </div>
      )}
      {changes.length === 0 ? (
        <p className="mt-3 text-ink-2">{t('none')}</p>
      ) : (
        <Table label={t('title')} compact wrap fold="max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_c']">
          <thead>
            <Tr>
              <Th className="w-36">{t('at')}</Th>
              <Th>{t('what')}</Th>
              <Th className="w-64">{t('by')}</Th>
              <Th className="w-28" hidden>
                {t('actions')}
              </Th>
            </Tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <Tr key={change.id}>
                <Td area="a" figures>
                  {format.moment(change.at)}
                </Td>
                <Td area="b">
                  <b>{words.name(change.name)}</b>{' '}
                  <span className="break-words text-ink-2">
                    {t('fromTo', { before: wordsOf(change.name, change.before), after: wordsOf(change.name, change.after) })}
                  </span>
                </Td>
                <Td area="c" className="break-words">
                  {change.by}
                </Td>
                <Td area="e" action>
                  {change.latest && (
                    <Button
                      kind="quiet"
                      size="sm"
                      busy={busy}
                      onClick={() => setBack(change)}
                      aria-label={t('setBackName', { name: words.name(change.name) })}
                    >
                      {t('setBack')}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {asksIdentity && (
        <Suspense>
          <StepUp help={policy('stepUp')} returnTo="/desk/settings" onClose={() => askIdentity(false)} />
        </Suspense>
      )}
    </Section>
  )
}
