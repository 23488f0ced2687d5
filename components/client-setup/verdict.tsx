import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import CircleX from 'lucide-react/icons/circle-x'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Focused } from '#components/ui/focused.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import type { CheckedAppPassword, Verdict as Kind } from '#lib/features/client-setup/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { MAKE_APP_PASSWORD } from './guide.tsx'

type Answer = CheckedAppPassword['servers'][number]['answer']

const ANSWERS: Record<Answer, { kind: StatusKind; icon: ReactNode }> = {
  accepted: { kind: 'ok', icon: <Check /> },
  refused: { kind: 'stop', icon: <CircleX /> },
  not_allowed: { kind: 'off', icon: <Ban /> },
  unreachable: { kind: 'hold', icon: <Unplug /> },
}

const NEW_ONE: Kind[] = ['unknown', 'revoked', 'expired', 'wrong_protocol']

/** What the check found, why, and the one step that helps. */
export function Verdict({ checked, reference }: { checked: CheckedAppPassword; reference: string }) {
  const t = useTranslations('client-setup.check')
  const { verdict, name, servers } = checked
  const works = verdict === 'works'
  const title = works && name ? t('verdict.works.named', { name }) : t(`verdict.${verdict}.title`, { name: name ?? '' })
  return (
    <Focused role="status">
      <Banner kind={works ? 'plain' : 'hold'} icon={works ? <Check /> : undefined} title={title}>
        <Why checked={checked} />
        <Remedy verdict={verdict} />
        {(verdict === 'refused' || verdict === 'unreachable') && (
          <p className="mt-1.5">
            <Reference value={reference} />
          </p>
        )}
      </Banner>
      <h3 className="mt-4 text-ink-2 text-sm">{t('servers')}</h3>
      <Facts narrow>
        {servers.map(({ protocol, server, answer }) => (
          <Fact key={protocol} label={protocol.toUpperCase()}>
            <span className="flex flex-wrap gap-x-4">
              <Status {...ANSWERS[answer]}>{t(`answer.${answer}`)}</Status>
              <span className="break-all text-ink-3 tabular-nums">{server}</span>
            </span>
          </Fact>
        ))}
      </Facts>
    </Focused>
  )
}

function Why({ checked: { verdict, name, at, wellFormed } }: { checked: CheckedAppPassword }) {
  const t = useTranslations('client-setup.check.verdict')
  const format = useFormat()
  if (verdict === 'works' && !name) return t('works.own')
  if (verdict === 'unknown') return t(wellFormed ? 'unknown.text' : 'unknown.shape')
  // The last day of one that expires is the day before the instant that ends it.
  const day = at ? format.day(verdict === 'revoked' ? at : new Date(at.getTime() - 1)) : ''
  return t(`${verdict}.text`, { day, name: name ?? '' })
}

function Remedy({ verdict }: { verdict: Kind }) {
  const t = useTranslations('client-setup.check')
  const off = verdict === 'switched_off'
  if (!off && !NEW_ONE.includes(verdict)) return null
  return (
    <div className="mt-2 text-ink">
      <ButtonLink href={off ? '/app-passwords?do=switchOn&from=client-setup' : MAKE_APP_PASSWORD}>
        {t(off ? 'switchOn' : 'make')}
      </ButtonLink>
    </div>
  )
}
