import Languages from 'lucide-react/icons/languages'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'

/** Language and theme. A plain form: no script needed. */
export function Preferences() {
  const t = useTranslations('shell')
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  const icon = buttonClass({ kind: 'icon', size: 'sm' })
  return (
    <form action="/api/preferences" method="post" className="flex gap-0.5">
      <button
        type="submit"
        name="locale"
        value={other}
        lang={other}
        className={buttonClass({ kind: 'quiet', size: 'sm' })}
      >
        <Languages />
        {t('language')}
      </button>
      <button type="submit" name="theme" value="light" className={cx('ui-to-light', icon)}>
        <SunMoon />
        <span className="sr-only">{t('toLight')}</span>
      </button>
      <button type="submit" name="theme" value="dark" className={cx('ui-to-dark', icon)}>
        <SunMoon />
        <span className="sr-only">{t('toDark')}</span>
      </button>
    </form>
  )
}
