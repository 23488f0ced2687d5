import AlarmClock from 'lucide-react/icons/alarm-clock'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import CircleOff from 'lucide-react/icons/circle-off'
import HardDrive from 'lucide-react/icons/hard-drive'
import KeyRound from 'lucide-react/icons/key-round'
import LockKeyhole from 'lucide-react/icons/lock-keyhole'
import MapPin from 'lucide-react/icons/map-pin'
import OctagonPause from 'lucide-react/icons/octagon-pause'
import Smartphone from 'lucide-react/icons/smartphone'
import type { ReactNode } from 'react'
import type { AttentionTone } from '#components/ui/attention.tsx'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import { deviceOf } from './device.ts'
import type { Matter } from './matters.ts'

export interface Item {
  tone: AttentionTone
  icon: ReactNode
  title: string
  text: string
  /** Absent where the step is not one of this portal; then the text says it. */
  step?: { href: string; label: string }
}

/** An app password ends with its last day, so the instant itself may already be the next one. */
const lastDay = (expiresAt: Date) => new Date(expiresAt.getTime() - 1)

const MINUTE_MS = 60_000
/** The log may lag behind what it tells of. */
const around = (from: Date, to: Date) =>
  new URLSearchParams({
    from: new Date(from.getTime() - MINUTE_MS).toISOString(),
    until: new Date(to.getTime() + MINUTE_MS).toISOString(),
  })

type Describe = { [K in Matter['kind']]: (matter: Extract<Matter, { kind: K }>) => Item }

/** A matter in words: what, why, and the step. */
export async function describer(): Promise<(matter: Matter) => Item> {
  const [t, format, locale] = await Promise.all([getTranslations('overview'), getFormat(), getLocale()])
  const describe: Describe = {
    unusual_sign_in: (signIn) => ({
      tone: 'wait',
      icon: <MapPin />,
      title: t('signIn.title', { time: format.dayAndTime(signIn.at) }),
      text: t('signIn.text', { where: deviceOf(signIn, locale, t('signIns.unknown')) }),
      step: { href: `/sso?check=${signIn.id}`, label: t('signIn.action') },
    }),
    phone_changed: ({ masked, until }) => ({
      tone: 'wait',
      icon: <AlarmClock />,
      title: t('phoneChanged.title', { phone: masked }),
      text: t('phoneChanged.text', { until: format.dayAndTime(until) }),
      step: { href: '/phone#not-me', label: t('phoneChanged.action') },
    }),
    mass_deletion: ({ count, client, from, to, until }) => ({
      tone: 'hold',
      icon: <ArchiveRestore />,
      title: t('massDeletion.title', { count, time: format.dayAndTime(from) }),
      text: t('massDeletion.text', { client: client ?? 'none', until: format.dayAndTime(until) }),
      step: { href: `/restore?${around(from, to)}`, label: t('massDeletion.action') },
    }),
    phone_not_bound: () => ({
      tone: 'hold',
      icon: <Smartphone />,
      title: t('phoneMissing.title'),
      text: t('phoneMissing.text'),
      step: { href: '/phone', label: t('phoneMissing.action') },
    }),
    mail_held: ({ count }) => ({
      tone: 'hold',
      icon: <OctagonPause />,
      title: t('held.title', { count }),
      text: t('held.text'),
      step: { href: '/received?result=held', label: t('held.action', { count }) },
    }),
    app_passwords_off: ({ suspended }) => ({
      tone: 'hold',
      icon: <CircleOff />,
      title: t('suspended.title', { count: suspended }),
      text: t('suspended.text'),
      step: { href: '/app-passwords', label: t('suspended.action') },
    }),
    app_password_expiring: ({ name, expiresAt }) => ({
      tone: 'hold',
      icon: <KeyRound />,
      title: t('expiring.title', { name, days: format.daysFromNow(lastDay(expiresAt)) }),
      text: t('expiring.text', { day: format.day(lastDay(expiresAt)) }),
      step: { href: '/app-passwords?do=generate', label: t('expiring.action') },
    }),
    app_passwords_expiring: ({ count, first }) => ({
      tone: 'hold',
      icon: <KeyRound />,
      title: t('severalExpiring.title', { count, days: format.daysFromNow(lastDay(first)) }),
      text: t('severalExpiring.text'),
      step: { href: '/app-passwords', label: t('severalExpiring.action') },
    }),
    quota: ({ usedBytes, limitBytes }) => ({
      tone: 'hold',
      icon: <HardDrive />,
      title: t('quota.title'),
      text: t('quota.text', { used: format.size(usedBytes), limit: format.size(limitBytes) }),
    }),
    password_expiring: ({ days, expiresAt }) => ({
      tone: 'hold',
      icon: <LockKeyhole />,
      title: t('passwordExpiring.title', { days }),
      text: t('passwordExpiring.text', { until: format.dayAndTime(expiresAt) }),
      step: { href: '/password', label: t('passwordExpiring.action') },
    }),
    password_old: ({ days }) => ({
      tone: 'plain',
      icon: <LockKeyhole />,
      title: t('passwordOld.title', { days }),
      text: t('passwordOld.text'),
      step: { href: '/password', label: t('passwordOld.action') },
    }),
  }
  return (matter) => (describe[matter.kind] as (matter: Matter) => Item)(matter)
}
