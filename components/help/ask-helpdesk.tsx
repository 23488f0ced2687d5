import { getMessages, getTimeZone } from 'next-intl/server'
import { buttonClass } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import type { MessageFacts } from '#lib/features/help/schema.ts'
import { getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import type { Result } from '#lib/platform/operation.ts'
import { WriteMessage } from './write-message.tsx'

interface Props {
  /** Null: nobody is signed in. */
  facts: Result<MessageFacts> | null
  /** The number of what went wrong, and the page that it was on; empty where there is none. */
  reference: string
  from: string
}

/** A message to the helpdesk, by whoever is signed in: the answer has to reach the right person. */
export async function AskHelpdesk({ facts, reference, from }: Props) {
  const t = await getTranslations('help.write')
  const errors = await getTranslations('errors')
  return (
    <div id="write">
      <Section title={t('title')} first>
        {!facts ? (
          <>
            <p className="mt-3 mb-4 text-ink-2">{t('signIn')}</p>
            <a className={buttonClass({})} href={`/sign-in?return=${encodeURIComponent(backTo(reference, from))}`}>
              {t('signInButton')}
            </a>
          </>
        ) : !facts.ok ? (
          <p className="mt-3 text-ink-2">{errors(facts.code, facts.values)}</p>
        ) : !facts.data.open ? (
          <p className="mt-3 text-ink-2">{t('closed')}</p>
        ) : (
          <Message facts={facts.data} reference={reference} from={from} />
        )}
      </Section>
    </div>
  )
}

/** The words of the form go with its script, which only those load who may write. */
async function Message(props: { facts: MessageFacts; reference: string; from: string }) {
  const [{ common, errors, help }, locale, timeZone] = await Promise.all([getMessages(), getLocale(), getTimeZone()])
  return <WriteMessage {...props} intl={{ messages: { common, errors, help }, locale, timeZone }} />
}

const backTo = (reference: string, from: string) => `/help?${new URLSearchParams({ reference, from })}`
