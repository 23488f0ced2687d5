'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { keepDraft, takeDraft } from '#components/ui/kept-draft.ts'
import { toast } from '#components/ui/toast.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import { setContactsAction } from '#lib/features/help/actions.ts'
import type { SiteContacts } from '#lib/features/help/schema.ts'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

const FIELDS = ['hotlineZh', 'hotlineEn', 'hoursZh', 'hoursEn', 'mobile', 'mail'] as const
type Draft = Record<(typeof FIELDS)[number], string>
const KEY = 'site-contacts'

const draftOf = ({ hotline, hours, mobile, mail }: SiteContacts): Draft => ({
  ...{ hotlineZh: hotline.zh, hotlineEn: hotline.en, hoursZh: hours.zh, hoursEn: hours.en },
  ...{ mobile, mail },
})

interface Props {
  contacts: SiteContacts
  /** For how many seconds the last sign-in counts as recent. */
  freshFor: number
}

/** Whom people may ask, both languages side by side. What is left empty the site does not have. */
export function ContactsForm({ contacts, freshFor }: Props) {
  const t = useTranslations('settings.contacts')
  const isFresh = useFresh(freshFor)
  const [draft, setDraft] = useState(() => draftOf(contacts))
  const [asksIdentity, askIdentity] = useState(false)
  const ask = () => {
    keepDraft(KEY, draft)
    askIdentity(true)
  }
  const { busy, refused, act } = useAct(ask)
  useEffect(() => {
    const kept = takeDraft<Draft>(KEY)
    if (kept) setDraft(kept)
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isFresh()) return ask()
    const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ''))
    const saved = await act(() => setContactsAction(given))
    if (!saved) return
    setDraft(draftOf(saved))
    toast({ text: t('saved'), icon: <Check /> })
  }

  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))
  return (
    <form onSubmit={submit} noValidate className="max-w-180">
      <Trouble refused={refused} wrong={wrong.map((field) => ({ id: `contacts-${field}`, label: t(field) }))} title={t('failed')} />
      <div className="grid gap-x-6 md:grid-cols-2">
        {FIELDS.map((field) => (
          <TextField
            key={field}
            id={`contacts-${field}`}
            label={t(field)}
            error={wrong.includes(field) ? t(field === 'mail' ? 'wrongMail' : 'wrong') : undefined}
            value={draft[field]}
            maxLength={field === 'mail' ? 254 : field === 'mobile' ? 40 : 80}
            lang={field.endsWith('Zh') ? 'zh-CN' : field.endsWith('En') ? 'en' : undefined}
            autoComplete="off"
            onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
          />
        ))}
      </div>
      <p className="mt-2 text-ink-2 text-sm">{t('empty')}</p>
      <p className="mt-6">
        <Button type="submit" kind="primary" busy={busy} busyLabel={t('saving')}>
          {t('save')}
        </Button>
      </p>
      {asksIdentity && (
        <Suspense>
          <StepUp help={t('stepUp')} returnTo="/desk/settings/contacts" onClose={() => askIdentity(false)} />
        </Suspense>
      )}
    </form>
  )
}
