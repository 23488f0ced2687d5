import { useTranslations } from 'next-intl'

export function SkipLink() {
  const t = useTranslations('shell')
  return (
    <a className="ui-skip" href="#main">
      {t('skip')}
    </a>
  )
}
