import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/text-link.tsx'

/** Answers beside the form, and whom to call. */
export function PasswordHelp({ hotline }: { hotline: string }) {
  const t = useTranslations('password.help')
  return (
    <div className="grid gap-4 border-line text-ink-2 text-sm max-xl:border-t max-xl:pt-5">
      {(['good', 'clients', 'known'] as const).map((topic) => (
        <section key={topic}>
          <h2 className="text-ink text-sm">{t(topic)}</h2>
          <p>{t(`${topic}Text`)}</p>
          {topic === 'known' && (
            <p className="mt-1 flex flex-wrap gap-x-4">
              <TextLink href="/sso">{t('sessions')}</TextLink>
              <TextLink href="/app-passwords">{t('appPasswords')}</TextLink>
            </p>
          )}
        </section>
      ))}
      <section>
        <h2 className="text-ink text-sm">{t('hotline')}</h2>
        <p className="tabular-nums">{hotline}</p>
      </section>
    </div>
  )
}
