'use client'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { ClientSetup, OfferedProfile } from '#lib/features/client-setup/schema.ts'
import type { Client } from './guides.ts'
import { PageCode } from './page-code.tsx'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))
const OfferForm = lazy(() => import('./offer-form.tsx'))
const Offered = lazy(() => import('./offered.tsx'))

export const PROFILE_PATH = '/client-setup/profile'
const WITH_PASSWORD = 'profile-with-password'

type Open = { kind: 'stepUp' } | { kind: 'form' } | { kind: 'offered'; offered: OfferedProfile; name: string }

interface Props {
  client: Client
  setup: ClientSetup
  /** Of this page, for a phone that scans it. */
  pageUrl: string
  freshFor: number
  /** The person comes back from the identity provider. */
  wanted: boolean
}

export function Profile({ client, setup: { signed, appPasswords }, pageUrl, freshFor, wanted }: Props) {
  const t = useTranslations('client-setup.profile')
  const [open, setOpen] = useState<Open | null>(null)
  const focusOn = useFocusOn()
  const isFresh = useFresh(freshFor)
  const here = `/client-setup?client=${client}`
  const possible = appPasswords.on && appPasswords.phone
  const ask = () => setOpen(isFresh() ? { kind: 'form' } : { kind: 'stepUp' })
  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', here)
    if (possible) ask()
  }, [])
  const close = () => {
    setOpen(null)
    focusOn(WITH_PASSWORD)
  }
  return (
    <div className="mt-3 grid gap-4 md:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <div className="flex flex-wrap gap-2">
          {/* No Link: it would be fetched ahead of time. */}
          <a href={PROFILE_PATH} className={buttonClass()}>
            <Download />
            {t('plain')}
          </a>
          {possible && (
            <Button id={WITH_PASSWORD} onClick={ask}>
              {t('withPassword')}
            </Button>
          )}
        </div>
        <p className="mt-2 text-ink-2 text-sm">{t('note')}</p>
        <p className="text-ink-2 text-sm">{t(signed ? 'signed' : 'unsigned')}</p>
        {!possible && <Needs phone={appPasswords.phone} />}
      </div>
      {client === 'ios' && <PageCode pageUrl={pageUrl}>{t('phone')}</PageCode>}
      <Suspense>
        {open?.kind === 'stepUp' && <StepUp help={t('stepUp')} returnTo={`${here}&do=profile`} onClose={close} />}
        {open?.kind === 'form' && (
          <OfferForm
            device={client === 'ios' ? 'iPhone' : 'Mac'}
            mostDays={appPasswords.mostDays}
            onOffered={(offered, name) => setOpen({ kind: 'offered', offered, name })}
            onStepUp={() => setOpen({ kind: 'stepUp' })}
            onClose={close}
          />
        )}
        {open?.kind === 'offered' && <Offered offered={open.offered} name={open.name} onClose={close} />}
      </Suspense>
    </div>
  )
}

function Needs({ phone }: { phone: boolean }) {
  const t = useTranslations('client-setup.profile.needs')
  return (
    <p className="mt-2 -ml-2">
      <ButtonLink kind="quiet" size="sm" href={phone ? '/app-passwords?do=switchOn&from=client-setup' : '/phone'}>
        {t(phone ? 'off' : 'phone')}
      </ButtonLink>
    </p>
  )
}
