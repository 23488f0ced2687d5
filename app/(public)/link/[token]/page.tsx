import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DeadLink, UnreadLink } from '#components/link/dead-link.tsx'
import { FollowLink, type Question } from '#components/link/follow-link.tsx'
import { HeldMail, SettledMail } from '#components/link/held-mail.tsx'
import { PhoneChange } from '#components/link/phone-change.tsx'
import { loadDigestLink } from '#lib/features/digest/loaders.ts'
import type { CheckedLink } from '#lib/features/digest/schema.ts'
import { loadCancelLink } from '#lib/features/phone/loaders.ts'
import { getFormat, getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { plainWords } from '#lib/platform/notices/plain-words.ts'
import { followLink, type Purpose } from './follow-link.ts'

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('link'))('title'),
    robots: { index: false, follow: false },
    // Nobody is told this address, which is a secret. Not `no-referrer`: with it browsers post forms with `Origin: null`,
    // and what the link does would be refused as foreign (T21).
    referrer: 'strict-origin',
  }
}

interface Props {
  params: Promise<{ token: string }>
}

/** Opening a link changes nothing (T39): mail scanners open them too. A token is good for one purpose, so one of the answers counts. */
export default async function LinkPage({ params }: Props) {
  const { token } = await params
  const [change, digest, { hotline }, t] = await Promise.all([
    loadCancelLink(token),
    loadDigestLink(token),
    getSite(),
    getTranslations('link'),
  ])
  const dead = <DeadLink hotline={hotline} />
  const failed = [change, digest].find((result) => !result.ok && result.code !== 'link_invalid' && result.code !== 'invalid_input')
  const asked = change.ok ? await aboutPhone() : digest.ok ? await aboutDigest(digest.data) : null
  const shut = asked?.question === null ? asked.view : failed && !failed.ok ? <UnreadLink {...failed} /> : dead
  return (
    <FollowLink
      follow={followLink.bind(null, token, asked?.purpose ?? 'mail')}
      question={asked?.question ?? null}
      reference={t('reference')}
      dead={dead}
      shut={shut}
    >
      {asked?.view}
    </FollowLink>
  )
}

/** What the link is for, the question it asks, and what stands above its button; without a question, what stands instead. */
interface Asked {
  purpose: Purpose
  question: Question | null
  view: ReactNode
}

async function aboutPhone(): Promise<Asked> {
  const t = await getTranslations('link.phone')
  const question = { title: t('title'), button: t('button'), busy: t('busy'), otherwise: t('otherwise') }
  return { purpose: 'phone', question, view: <PhoneChange /> }
}

async function aboutDigest(link: CheckedLink): Promise<Asked> {
  const [t, format] = await Promise.all([getTranslations('link'), getFormat()])
  const ask = (of: 'unsubscribe' | 'release' | 'allow' | 'delete'): Question => ({
    title: t(`${of}.ask`),
    button: t(`${of}.button`),
    busy: t(`${of}.busy`),
    otherwise: t('mail.otherwise'),
  })
  if (link.action === 'unsubscribe')
    return { purpose: 'unsubscribe', question: ask('unsubscribe'), view: <p className="text-ink-2">{t('unsubscribe.what')}</p> }
  const { now, from, subject, heldAt, expiresAt } = link.mail
  if (now !== 'held') return { purpose: 'mail', question: null, view: <SettledMail now={now} /> }
  const [name, address] = [from?.name, from?.address].map((text) => plainWords(text ?? ''))
  const sender = from && (name ? `${name} <${address}>` : (address ?? ''))
  const mail = { from: sender, subject: plainWords(subject ?? ''), held: format.dayAndTime(heldAt), kept: format.day(expiresAt) }
  return { purpose: 'mail', question: ask(link.action), view: <HeldMail text={t(`${link.action}.what`)} mail={mail} /> }
}
