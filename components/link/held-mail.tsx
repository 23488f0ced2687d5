import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Shut } from './dead-link.tsx'

interface Mail {
  /** In words, fit to be shown. Null: a message of a mail server about mail. */
  from: string | null
  subject: string
  held: string
  kept: string
}

/** Which mail, as the list shows it, and what the link would do with it. Never its text (T40). */
export function HeldMail({ text, mail: { from, subject, held, kept } }: { text: string; mail: Mail }) {
  const t = useTranslations('link.mail')
  return (
    <>
      <p className="mb-4 text-ink-2">{text}</p>
      <Facts narrow>
        <Fact label={t('subject')}>
          <bdi className="break-words font-semibold">{subject || t('noSubject')}</bdi>
        </Fact>
        <Fact label={t('from')}>
          <bdi className="break-words">{from ?? t('system')}</bdi>
        </Fact>
        <Fact label={t('held')}>{held}</Fact>
        <Fact label={t('kept')}>{kept}</Fact>
      </Facts>
    </>
  )
}

/** Nothing is left to ask: somebody has decided, or only the helpdesk may. */
export function SettledMail({ now }: { now: 'decided' | 'helpdesk' }) {
  const t = useTranslations(`link.${now}`)
  return (
    <Shut title={t('title')} text={t('text')}>
      <p className="mt-6">
        <a className={buttonClass()} href="/received">
          {t('button')}
        </a>
      </p>
    </Shut>
  )
}
