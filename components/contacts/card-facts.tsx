'use client'
import { useLocale, useTranslations } from 'next-intl'
import { Fact, Facts } from '#components/ui/facts.tsx'
import type { Card } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { dayOf } from './partial-date.ts'
import { serviceName } from './services.ts'

const WEB = /^https?:\/\//i

/** What is known of somebody, without what is not. */
export function CardFacts({ card }: { card: Card }) {
  const t = useTranslations('contacts')
  const { emails, phones, ims, urls, nickname, groups, note, gender } = card
  return (
    <Facts narrow>
      {emails.map(({ kind, address }, at) => (
        <Fact key={at} label={t('field.kinded', { field: 'emails', kind })}>
          <a href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`}>
            <bdi>{address}</bdi>
          </a>
        </Fact>
      ))}
      {phones.map(({ kind, number }, at) => (
        <Fact key={at} label={t(`kind.phone.${kind}`)}>
          <a href={`tel:${number.replace(/[^\d+*#,;]/g, '')}`} className="tabular-nums">
            <bdi>{number}</bdi>
          </a>
        </Fact>
      ))}
      <Addresses addresses={card.addresses} />
      {ims.map(({ service, handle }, at) => (
        <Fact key={at} label={serviceName(service)}>
          <bdi>{handle}</bdi>
        </Fact>
      ))}
      {urls.map(({ url }, at) => (
        <Fact key={at} label={t('field.url')}>
          {WEB.test(url) ? (
            <a href={url} target="_blank" rel="noreferrer">
              <bdi>{url}</bdi>
            </a>
          ) : (
            <bdi>{url}</bdi>
          )}
        </Fact>
      ))}
      {nickname && (
        <Fact label={t('field.nickname')}>
          <bdi>{nickname}</bdi>
        </Fact>
      )}
      <Day field="birthday" date={card.birthday} />
      <Day field="anniversary" date={card.anniversary} />
      {gender && <Fact label={t('field.gender')}>{t(`gender.${gender}`)}</Fact>}
      {groups.length > 0 && <Fact label={t('field.groups')}>{groups.join(t('comma'))}</Fact>}
      {note && (
        <Fact label={t('field.note')}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
    </Facts>
  )
}

function Addresses({ addresses }: Pick<Card, 'addresses'>) {
  const t = useTranslations('contacts')
  const locale = useLocale()
  return addresses.map(({ kind, street, city, region, postcode, country }, at) => {
    // From the large to the small, or the other way round.
    const parts = locale === 'en' ? [street, city, region, postcode, country] : [postcode, country, region, city, street]
    return (
      <Fact key={at} label={t('field.kinded', { field: 'addresses', kind })}>
        <bdi className="whitespace-pre-line">{parts.filter(Boolean).join(locale === 'en' ? ', ' : ' ')}</bdi>
      </Fact>
    )
  })
}

function Day({ field, date }: { field: 'birthday' | 'anniversary'; date?: string }) {
  const t = useTranslations('contacts.field')
  const format = useFormat()
  if (!date) return null
  const day = dayOf(date)
  return <Fact label={t(field)}>{day ? format.shortDay(day) : date}</Fact>
}
