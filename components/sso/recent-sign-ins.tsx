'use client'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import MapPin from 'lucide-react/icons/map-pin'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import type { SignInRecord } from '#lib/features/sso/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useWords } from './use-words.ts'

interface Props {
  signIns: SignInRecord[]
  /** The one that the person came to look at. */
  marked: string | null
}

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_d'_'b_b'_'c_c']"

export function RecentSignIns({ signIns, marked }: Props) {
  const t = useTranslations('sso.sessions.recent')
  const format = useFormat()
  const { deviceOf, placeOf } = useWords()
  if (signIns.length === 0) return <p className="mt-3 text-ink-2">{t('none')}</p>
  return (
    <Table label={t('title')} fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-36">{t('time')}</Th>
          <Th className="w-44">{t('device')}</Th>
          <Th>{t('place')}</Th>
          <Th className="w-44">{t('state')}</Th>
        </Tr>
      </thead>
      <tbody>
        {signIns.map((signIn) => (
          <Tr key={signIn.id} selected={signIn.id === marked || undefined}>
            <Td area="a" figures faint>
              <time dateTime={signIn.at.toISOString()}>{format.moment(signIn.at)}</time>
            </Td>
            <Td area="b">{deviceOf(signIn)}</Td>
            <Td area="c">
              {placeOf(signIn)}{' '}
              {signIn.unusual && !signIn.reviewed && (
                <Status kind="wait" icon={<MapPin />}>
                  {t('newPlace')}
                </Status>
              )}
            </Td>
            <Td area="d">
              <State signIn={signIn} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

const REASONS = ['signed_out', 'ended', 'rotated', 'idle', 'expired', 'provider', 'security'] as const
const isReason = (text: string): text is (typeof REASONS)[number] => (REASONS as readonly string[]).includes(text)

function State({ signIn: { current, live, endReason } }: { signIn: SignInRecord }) {
  const t = useTranslations('sso.sessions')
  if (current) return <Tag>{t('live.current')}</Tag>
  if (live)
    return (
      <Status kind="ok" icon={<Check />}>
        {t('recent.live')}
      </Status>
    )
  if (endReason === 'security')
    return (
      <Status kind="stop" icon={<Ban />}>
        {t('over.security')}
      </Status>
    )
  return <span className="text-ink-3">{t(`over.${endReason && isReason(endReason) ? endReason : 'expired'}`)}</span>
}
