import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section } from '#components/ui/section.tsx'
import { getTranslations, type SiteWords } from '#lib/platform/i18n/server.ts'

/** Whom to ask, and when. */
export async function Contacts({ contacts: { hotline, mobile, mail, hours } }: Pick<SiteWords, 'contacts'>) {
  const t = await getTranslations('help.contacts')
  return (
    <Section title={t('title')} first>
      {hotline || mobile || mail ? (
        <Facts narrow>
          {hotline && (
            <Fact label={t('hotline')}>
              <span className="tabular-nums">{hotline}</span>
            </Fact>
          )}
          {mobile && (
            <Fact label={t('mobile')}>
              <a href={`tel:${mobile.replace(/[^\d+]/g, '')}`} className="tabular-nums">
                {mobile}
              </a>
            </Fact>
          )}
          {mail && (
            <Fact label={t('mail')}>
              <a href={`mailto:${mail}`} className="break-words">
                {mail}
              </a>
            </Fact>
          )}
          {hours && (
            <Fact label={t('hours')}>
              <span className="tabular-nums">{hours}</span>
            </Fact>
          )}
        </Facts>
      ) : (
        <p className="mt-3 text-ink-2">{t('none')}</p>
      )}
      <p className="mt-4 text-ink-2 text-sm">
        {t('text')} <a href="/help/real-helpdesk">{t('real')}</a>
      </p>
    </Section>
  )
}
