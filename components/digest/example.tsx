import { useTranslations } from 'next-intl'

/** The mail in small. Its links lead nowhere here, so they are no links. */
export function Example() {
  const t = useTranslations('digest.example')
  const actions = ['release', 'allow', 'delete'] as const
  return (
    <>
      <figure aria-label={t('label')} className="mt-4 max-w-measure border-line-strong border-l pl-4">
        <p className="font-semibold">{t('subject')}</p>
        <div className="mt-3 border-line border-t pt-3">
          <p>{t('mailSubject')}</p>
          <p className="text-ink-2 text-sm">
            {t('mail')} · {t('why')} · {t('kept')}
          </p>
          <p className="mt-2 flex flex-wrap gap-2 text-sm">
            {actions.map((action) => (
              <span key={action} className="rounded-2 border border-line-strong px-2 py-0.5">
                {t(action)}
              </span>
            ))}
          </p>
        </div>
      </figure>
      <p className="mt-2 max-w-measure text-ink-2 text-sm">{t('note')}</p>
    </>
  )
}
