import { useTranslations } from 'next-intl'

const TOPICS = { code: ['noCode', 'changed'], new: ['good', 'clients'] } as const

/** Answers beside the form, and whom to call. */
export function ResetHelp({ about, hotline }: { about: keyof typeof TOPICS; hotline: string }) {
  const t = useTranslations('reset.help')
  return (
    <aside aria-label={t('label')} className="ui-help">
      {TOPICS[about].flatMap((topic) => [<h2 key={topic}>{t(topic)}</h2>, <p key={`${topic}-text`}>{t(`${topic}Text`)}</p>])}
      <h2>{t('hotline')}</h2>
      <p className="tabular-nums">{hotline}</p>
      <p className="mt-4">
        <a href="/help/forgotten-password">{t('more')}</a>
      </p>
    </aside>
  )
}
