import Link from 'next/link'
import { Banner } from '#components/ui/banner.tsx'
import type { Chain } from '#lib/features/audit/schema.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'
import { addressOf } from './place.ts'
import { VerifyNow } from './verify-now.tsx'

/** Whether nobody has tampered with what stands below (T47). Whole is a quiet line; anything else is not. */
export async function ChainState({ chain: { state, verdict } }: { chain: Chain }) {
  const [t, format] = await Promise.all([getTranslations('audit.chain'), getFormat()])
  const at = verdict ? format.dayAndTime(verdict.at) : ''
  const verify = <VerifyNow since={verdict?.at ?? null} />
  if (state === 'whole' && verdict) {
    return (
      <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-sm">
        <p>{t('whole', { rows: verdict.rows, at })}</p>
        <span className="-ml-3.5">{verify}</span>
      </div>
    )
  }
  if (state === 'broken' && verdict) {
    const left = verdict.found - verdict.faults.length
    return (
      <Banner kind="stop" role="alert" title={t('broken', { found: verdict.found })} action={verify}>
        <p>{t('brokenText', { at })}</p>
        <ul className="mt-1">
          {verdict.faults.map(({ seq, fault }) => (
            <li key={`${seq} ${fault}`}>
              <Link href={addressOf({ before: String(seq + 1) })} prefetch={false}>
                {t(`faults.${fault}`, { seq })}
              </Link>
            </li>
          ))}
          {left > 0 && <li>{t('more', { count: left })}</li>}
        </ul>
      </Banner>
    )
  }
  if (state === 'unsealed') {
    return (
      <Banner kind="stop" role="alert" title={t('unsealed')} action={verify}>
        <p>{t('unsealedText')}</p>
      </Banner>
    )
  }
  return (
    <Banner kind="hold" title={verdict ? t('stale', { at }) : t('never')} action={verify}>
      <p>{t(verdict ? 'staleText' : 'neverText')}</p>
    </Banner>
  )
}
