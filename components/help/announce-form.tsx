'use client'
import { useTimeZone, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field, TextField } from '#components/ui/field.tsx'
import { Section } from '#components/ui/section.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { putIncidentAction } from '#lib/features/help/actions.ts'
import type { Announced, IncidentKind } from '#lib/features/help/schema.ts'
import { instantOf, wallTime } from './site-time.ts'

const KINDS: IncidentKind[] = ['stop', 'hold', 'wait']
const LANGUAGES = ['Zh', 'En'] as const
const FIELDS = ['titleZh', 'titleEn', 'bodyZh', 'bodyEn', 'startsAt', 'endsAt'] as const
const HOUR = 3_600_000

interface Props {
  /** Absent: a new one. */
  announced?: Announced
  onSaved: () => void
  onClose: () => void
}

/** Both languages side by side, from when to when by the clock of the site, and how the banner will look. */
export function AnnounceForm({ announced, onSaved, onClose }: Props) {
  const t = useTranslations('settings.announcements')
  const common = useTranslations('common')
  const zone = useTimeZone() ?? 'UTC'
  const { busy, refused, act } = useAct()
  const [draft, setDraft] = useState(() => ({
    kind: announced?.kind ?? ('stop' as IncidentKind),
    titleZh: announced?.title.zh ?? '',
    titleEn: announced?.title.en ?? '',
    bodyZh: announced?.body.zh ?? '',
    bodyEn: announced?.body.en ?? '',
    startsAt: wallTime(zone, announced?.startsAt ?? new Date()),
    endsAt: announced?.endsAt === null ? '' : wallTime(zone, announced?.endsAt ?? new Date(Date.now() + 2 * HOUR)),
  }))
  const change = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { bodyZh, bodyEn, startsAt, endsAt, ...rest } = draft
    const saved = await act(() =>
      putIncidentAction({
        ...rest,
        ...(announced ? { id: announced.id } : {}),
        ...(bodyZh.trim() ? { bodyZh } : {}),
        ...(bodyEn.trim() ? { bodyEn } : {}),
        startsAt: instantOf(zone, startsAt)?.toISOString() ?? '',
        ...(endsAt ? { endsAt: instantOf(zone, endsAt)?.toISOString() ?? '' } : {}),
      }),
    )
    if (saved) onSaved()
  }

  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))
  const id = (field: string) => `announce-${field}`
  const errorOf = (field: (typeof FIELDS)[number]) => (wrong.includes(field) ? t(field === 'endsAt' ? 'wrongEnd' : 'wrong') : undefined)
  return (
    <Section title={announced ? t('changeTitle') : t('newTitle')} first>
      <form onSubmit={submit} noValidate className="max-w-180">
        <Trouble refused={refused} wrong={wrong.map((field) => ({ id: id(field), label: t(`fields.${field}`) }))} title={t('notSaved')} />
        <Segment
          legend={t('kind')}
          name="kind"
          value={draft.kind}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(kind) => change({ kind: kind as IncidentKind })}
        >
          {t(`kindHelp.${draft.kind}`)}
        </Segment>
        <div className="grid gap-x-6 md:grid-cols-2">
          {LANGUAGES.map((language) => {
            const [title, body, lang] = [`title${language}`, `body${language}`, language === 'Zh' ? 'zh-CN' : 'en'] as const
            return (
              <div key={language}>
                <TextField
                  id={id(title)}
                  label={t(`fields.${title}`)}
                  error={errorOf(title)}
                  value={draft[title]}
                  maxLength={100}
                  lang={lang}
                  autoComplete="off"
                  onChange={({ target }) => change({ [title]: target.value })}
                />
                <Field id={id(body)} label={t(`fields.${body}`)} error={errorOf(body)}>
                  {(control) => (
                    <textarea
                      {...control}
                      value={draft[body]}
                      maxLength={500}
                      rows={3}
                      lang={lang}
                      className="ui-input"
                      onChange={({ target }) => change({ [body]: target.value })}
                    />
                  )}
                </Field>
              </div>
            )
          })}
          {(['startsAt', 'endsAt'] as const).map((field) => (
            <TextField
              key={field}
              id={id(field)}
              type="datetime-local"
              label={t(`fields.${field}`)}
              help={field === 'startsAt' ? t('zone', { zone }) : t('endHelp')}
              error={errorOf(field)}
              value={draft[field]}
              onChange={({ target }) => change({ [field]: target.value })}
            />
          ))}
        </div>
        <h3 className="mt-6 mb-2">{t('preview')}</h3>
        <div className="grid gap-2">
          {LANGUAGES.map((language) => (
            <div key={language} lang={language === 'Zh' ? 'zh-CN' : 'en'}>
              <Banner kind={draft.kind} title={draft[`title${language}`] || t('untitled')}>
                {draft[`body${language}`]}
              </Banner>
            </div>
          ))}
        </div>
        <p className="mt-6 flex flex-wrap gap-3">
          <Button type="submit" kind="primary" busy={busy} busyLabel={t('saving')}>
            {announced ? t('save') : t('announce')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </p>
      </form>
    </Section>
  )
}
