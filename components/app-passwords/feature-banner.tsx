'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import CircleOff from 'lucide-react/icons/circle-off'
import Smartphone from 'lucide-react/icons/smartphone'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { AppPasswordList } from '#lib/features/app-passwords/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  list: AppPasswordList
  phone: NonNullable<AppPasswordList['phone']>
  /** Which way it is being switched now. */
  switching?: 'on' | 'off'
  onSwitch: (on: boolean) => void
}

/** Whether app passwords work, what switching would do, and until when nothing can be generated. */
export function FeatureBanner({ list: { on, active }, phone, switching, onSwitch }: Props) {
  const t = useTranslations('app-passwords.feature')
  const format = useFormat()
  const own = useBehalf() === null
  const toggle = (on || own) && (
    <Switch
      id="app-passwords-on"
      label={t('label')}
      hideLabel
      checked={switching ? switching === 'on' : on}
      aria-busy={switching !== undefined}
      onChange={(event) => onSwitch(event.target.checked)}
    />
  )
  const title = (settled: string) => (switching ? t(switching === 'on' ? 'switchingOn' : 'switchingOff') : settled)
  if (!on) {
    const waiting = active > 0
    return (
      <Banner kind={waiting ? 'hold' : 'plain'} role="status" icon={<CircleOff />} title={title(t('off'))} action={toggle}>
        {t('offText', { count: active })}
      </Banner>
    )
  }
  if (phone.coolingUntil) {
    const until = format.dayAndTime(phone.coolingUntil)
    return (
      <Banner kind="hold" role="status" icon={<AlarmClock />} title={title(t('cooling', { until }))} action={toggle}>
        {t('coolingText', { count: active })}
      </Banner>
    )
  }
  return (
    <Banner kind="plain" role="status" icon={<Smartphone />} title={title(t('on'))} action={toggle}>
      {t('onText', { phone: phone.masked, count: active })}
    </Banner>
  )
}
