import LogIn from 'lucide-react/icons/log-in'
import type { Metadata } from 'next'
import { Letter } from '#components/shell/letter.tsx'
import { Announcements } from '#components/ui/announcements.tsx'
import { Banner, type BannerKind } from '#components/ui/banner.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { ERRORS, type ErrorCode } from '#lib/platform/errors.ts'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sso'))('signIn.title') }
}

/** Why a person was sent here, where the page has words of its own; for any other error code the sentence of that error is told. */
const REASONS = {
  expired: 'wait',
  idle: 'wait',
  provider: 'wait',
  ended: 'hold',
  security: 'hold',
  provider_refused: 'stop',
  provider_down: 'stop',
  no_mailbox: 'stop',
} satisfies Record<string, BannerKind>

const isReason = (value: string): value is keyof typeof REASONS => Object.hasOwn(REASONS, value)

async function Reason({ reason }: { reason: string }) {
  const t = await getTranslations('sso')
  const sentence = await getTranslations('errors')
  if (isReason(reason)) {
    return (
      <Banner kind={REASONS[reason]} title={t(`reason.${reason}.title`)} role="status">
        {t(`reason.${reason}.text`)}
      </Banner>
    )
  }
  if (!Object.hasOwn(ERRORS, reason)) return null
  return (
    <Banner kind="stop" title={t('notSignedIn')} role="status">
      {sentence(reason as ErrorCode)}
    </Banner>
  )
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SignInPage({ searchParams }: Props) {
  const { reason, return: target } = await searchParams
  const [t, { incidents }] = await Promise.all([getTranslations('sso'), getSite()])
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,25rem)_auto] lg:justify-between">
      <div className="max-w-100">
        <h1 className="mb-2 text-2xl">{t('signIn.title')}</h1>
        <p className="text-ink-2">{t('signIn.text')}</p>
        {typeof reason === 'string' && (
          <div className="mt-6 empty:hidden">
            <Reason reason={reason} />
          </div>
        )}
        <form action="/api/auth/start" method="post" className="mt-6">
          {typeof target === 'string' && <input type="hidden" name="return" value={target} />}
          <button type="submit" className={`${buttonClass({ kind: 'primary', block: true })} min-h-touch`}>
            <LogIn />
            {t('signIn.button')}
          </button>
        </form>
        <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
          <a href="/reset">{t('signIn.forgotten')}</a>
          <a href="/help/sign-in">{t('signIn.trouble')}</a>
        </p>
        <hr />
        <p className="text-ink-2 text-sm">{t('signIn.shared')}</p>
        {incidents.length > 0 && (
          <div className="mt-5">
            <Announcements announcements={incidents} />
          </div>
        )}
      </div>
      <Letter>{t.rich('signIn.letter', { br: () => <br /> })}</Letter>
    </div>
  )
}
