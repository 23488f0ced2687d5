import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { Drawing } from './drawing.tsx'
import { type Client, GUIDES } from './guides.ts'

export const MAKE_APP_PASSWORD = '/app-passwords?do=generate&from=client-setup'

interface Props {
  client: Client
  setup: ClientSetup
  /** Stands under the step about the profile. */
  profile: ReactNode
}

/** One client, step by step; the first step of each is its app password. */
export function Guide({ client, setup, profile }: Props) {
  const t = useTranslations('client-setup')
  const brings = GUIDES[client].some(({ words }) => words === 'profile')
  const rich = { b: (text: ReactNode) => <b>{text}</b> }
  return (
    <ol className="mt-5 grid max-w-measure gap-5">
      <Step number={1}>
        {t.rich(brings ? 'steps.appPasswordOrProfile' : 'steps.appPassword', {
          make: (text) => <Link href={MAKE_APP_PASSWORD}>{text}</Link>,
        })}
      </Step>
      {GUIDES[client].map(({ words, drawing }, index) => (
        <Step key={words} number={index + 2}>
          {t.rich(`guides.${client}.${words}` as Parameters<typeof t.rich>[0], rich as never)}
          {words === 'profile' && profile}
          {drawing && <Drawing client={client} drawing={drawing} setup={setup} />}
        </Step>
      ))}
    </ol>
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
