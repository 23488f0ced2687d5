import Languages from 'lucide-react/icons/languages'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'

/** Language and theme. A plain form: no script needed. */
export function Preferences() {
  const t = useTranslations('shell')
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  const icon = buttonClass({ kind: 'icon', size: 'sm' })
  return (
    <form action="/api/preferences" method="post" className="flex gap-0.5">
      <button type="submit" name="locale" value={other} lang={other} className={buttonClass({ kind: 'quiet', size: 'sm' })}>
        <Languages />
        {t('language')}
      </button>
      <span className="ui-to-light">
        <button type="submit" name="theme" value="light" className={icon}>
          <SunMoon />
          <span className="sr-only">{t('toLight')}</span>
        </button>
      </span>
      <span className="ui-to-dark">
        <button type="submit" name="theme" value="dark" className={icon}>
          <SunMoon />
          <span className="sr-only">{t('toDark')}</span>
        </button>
      </span>
    </form>
  )
}
