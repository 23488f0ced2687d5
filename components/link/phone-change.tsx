import { useTranslations } from 'next-intl'

/** What undoing the change of phone does. */
export function PhoneChange() {
  const t = useTranslations('link.phone')
  return (
    <>
      <p className="text-ink-2">{t('text')}</p>
      <h2 className="mt-6 mb-1 text-md">{t('what')}</h2>
      <ul className="list-disc pl-5">
        <li>{t('number')}</li>
        <li>{t('sessions')}</li>
      </ul>
    </>
  )
}
