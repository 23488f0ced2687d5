import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { Drawing } from './drawing.tsx'
import { type Client, GUIDES, type Step as Shape } from './guides.ts'
import { PageCode } from './page-code.tsx'

export const MAKE_APP_PASSWORD = '/app-passwords?do=generate&from=client-setup'

interface Props {
  client: Client
  setup: ClientSetup
  /** Of this page, for a phone that scans it. */
  pageUrl: string
  /** Stands under the step about the profile. */
  profile: ReactNode
}

/** One client, step by step; the first step of each is its app password. */
export function Guide({ client, setup, pageUrl, profile }: Props) {
  const t = useTranslations('client-setup')
  const brings = GUIDES[client].some(({ words }) => words === 'profile')
  const rich = { b: (text: ReactNode) => <b>{text}</b> }
  const partOf = ({ words, drawing }: Shape) => (
    <>
      {t.rich(`guides.${client}.${words}` as Parameters<typeof t.rich>[0], rich as never)}
      {words === 'profile' && profile}
      {drawing && <Drawing client={client} drawing={drawing} setup={setup} />}
    </>
  )
  const apart = (place: Shape['apart']) =>
    GUIDES[client].filter((step) => step.apart === place).map((step) => <div key={step.words}>{partOf(step)}</div>)
  return (
    <div className="mt-5 grid max-w-measure gap-5">
      {apart('before')}
      {client === 'android' && <PageCode pageUrl={pageUrl}>{t('steps.onPhone')}</PageCode>}
      <ol className="grid gap-5">
        <Step number={1}>
          {t.rich(brings ? 'steps.appPasswordOrProfile' : 'steps.appPassword', {
            make: (text) => <Link href={MAKE_APP_PASSWORD}>{text}</Link>,
          })}
        </Step>
        {GUIDES[client]
          .filter((step) => !step.apart)
          .map((step, index) => (
            <Step key={step.words} number={index + 2}>
              {partOf(step)}
            </Step>
          ))}
      </ol>
      {apart('after')}
    </div>
  )
}

function Step({ number, children }: { number: number; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] gap-3">
      <span aria-hidden="true" className="font-semibold text-ink-3 tabular-nums">
        {number}
      </span>
      <div>{children}</div>
    </li>
  )
}
