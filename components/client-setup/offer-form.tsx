'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { offerProfileAction } from '#lib/features/client-setup/actions.ts'
import type { OfferedProfile } from '#lib/features/client-setup/schema.ts'

interface Props {
  device: string
  /** For how many days an app password may be good. */
  mostDays: number
  onOffered: (offered: OfferedProfile, name: string) => void
  onStepUp: () => void
  onClose: () => void
}

export default function OfferForm({ device, mostDays, onOffered, onStepUp, onClose }: Props) {
  const t = useTranslations('client-setup.profile.form')
  const form = useId()
  const { busy, refused, act } = useAct(onStepUp)

  const submit = async (element: HTMLFormElement) => {
    const typed = new FormData(element)
    const name = String(typed.get('name') ?? '')
    const offered = await act(() => offerProfileAction({ name, days: Number(typed.get('days')) }))
    if (offered) onOffered(offered, name.trim())
  }
  const wrongName = refused?.fields?.includes('name')

  return (
    <FormDialog
      id={form}
      title={t('title')}
      help={t('help')}
      send={t('make')}
      sending={t('making')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      <Trouble refused={refused} wrong={wrongName ? [{ id: `${form}-name`, label: t('name') }] : []} title={t('failed')} />
      <TextField
        id={`${form}-name`}
        name="name"
        label={t('name')}
        error={wrongName ? t('nameError') : undefined}
        defaultValue={device}
        maxLength={60}
        autoComplete="off"
      />
      <Segment
        legend={t('validFor')}
        name="days"
        options={[
          { value: '90', label: t('days', { days: 90 }) },
          { value: '180', label: t('days', { days: 180 }) },
          { value: '365', label: t('year') },
        ].filter(({ value }) => Number(value) <= mostDays)}
        defaultValue={mostDays < 180 ? '90' : '180'}
      />
    </FormDialog>
  )
}
