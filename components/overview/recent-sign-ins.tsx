import MapPin from 'lucide-react/icons/map-pin'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Overview } from '#lib/features/overview/schema.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import { deviceOf } from './device.ts'

export async function RecentSignIns({ signIns }: { signIns: Overview['signIns'] }) {
  const [t, format, locale] = await Promise.all([getTranslations('overview.signIns'), getFormat(), getLocale()])
  return (
    <Section title={t('title')} action={<TextLink href="/sso">{t('manage')}</TextLink>}>
      <Facts>
        {signIns.map((signIn) => (
          <Fact key={signIn.id} label={<time dateTime={signIn.at.toISOString()}>{format.moment(signIn.at)}</time>}>
            {deviceOf(signIn, locale, t('unknown'))} {signIn.current && <Tag>{t('current')}</Tag>}{' '}
            {signIn.unusual && (
              <Status kind="wait" icon={<MapPin />}>
                {t('newPlace')}
              </Status>
            )}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
