import { useTranslations } from 'next-intl'

const TOPICS = {
  bind: ['noCode', 'accounts'],
  change: ['noCode', 'lost'],
  bound: ['lost'],
  cooling: ['notMe', 'lost'],
} as const

export type Topics = keyof typeof TOPICS

/** Answers beside the form, and whom to call. */
export function PhoneHelp({ about, hotline }: { about: Topics; hotline: string }) {
  const t = useTranslations('phone.help')
  return (
    <div className="grid gap-4 border-line text-ink-2 text-sm max-xl:border-t max-xl:pt-5">
      {TOPICS[about].map((topic) => (
        <section key={topic} id={topic === 'notMe' ? 'not-me' : undefined}>
          <h2 className="text-ink text-sm">{t(topic)}</h2>
          <p>{t(`${topic}Text`)}</p>
        </section>
      ))}
      <section>
        <h2 className="text-ink text-sm">{t('hotline')}</h2>
        <p className="tabular-nums">{hotline}</p>
      </section>
    </div>
  )
}
