'use client'
import IdCard from 'lucide-react/icons/id-card'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import PhoneOutgoing from 'lucide-react/icons/phone-outgoing'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Attention, AttentionItem } from '#components/ui/attention.tsx'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { sendCallCodeAction } from '#lib/features/helpdesk/actions.ts'
import type { Account, SentCode } from '#lib/features/helpdesk/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { CALL_STATE } from './call-state.tsx'
import { VerifyByCallBack } from './verify-by-call-back.tsx'
import { VerifyByCode } from './verify-by-code.tsx'
import { VerifyByDocument } from './verify-by-document.tsx'

type Way = { kind: 'code'; sent: SentCode } | { kind: 'callBack' } | { kind: 'document' }

interface Props extends Pick<Account, 'phone' | 'officePhoneEnding'> {
  account: string
}

/** Three ways to know that the caller is the owner; nothing else is shown or done before (T45). */
export function Verify({ account, phone, officePhoneEnding }: Props) {
  const t = useTranslations('helpdesk.verify')
  const format = useFormat()
  const router = useRouter()
  const focusOn = useFocusOn()
  const [way, setWay] = useState<Way>()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const send = async () => {
    setBusy(true)
    const answer = await answerOf(sendCallCodeAction({ mailbox: account }))
    setBusy(false)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    setRefused(undefined)
    setWay({ kind: 'code', sent: answer.data })
  }
  const choose = (chosen: Way | undefined) => {
    setRefused(undefined)
    setWay(chosen)
  }
  const verified = () => {
    router.refresh()
    focusOn(CALL_STATE)
  }
  const codeText = () => {
    if (!phone) return t('code.noPhone')
    return phone.coolingUntil
      ? t('code.cooling', { until: format.dayAndTime(phone.coolingUntil) })
      : t('code.text', { phone: phone.masked })
  }
  const forms = { account, onVerified: verified, onBack: () => choose(undefined) }
  return (
    <Section first title={t('title')} action={!way && <span className="text-ink-3 text-sm">{t('hint')}</span>}>
      {refused && (
        <div className="mt-3">
          <Refusal key={refused.attempt} title={t('code.notSent')} refusal={refused.answer} />
        </div>
      )}
      {way?.kind === 'code' && <VerifyByCode {...forms} first={way.sent} />}
      {way?.kind === 'callBack' && <VerifyByCallBack {...forms} ending={officePhoneEnding ?? ''} />}
      {way?.kind === 'document' && <VerifyByDocument {...forms} />}
      {!way && (
        <div className="-mt-px">
          <Attention label={t('title')}>
            <AttentionItem
              icon={<MessageSquareText />}
              title={t('code.title')}
              action={
                phone &&
                !phone.coolingUntil && (
                  <Button kind="primary" busy={busy} busyLabel={t('code.busy')} onClick={() => void send()}>
                    {t('code.button')}
                  </Button>
                )
              }
            >
              {codeText()}
            </AttentionItem>
            <AttentionItem
              icon={<PhoneOutgoing />}
              title={t('callBack.title')}
              action={
                officePhoneEnding && (
                  <Button kind="quiet" onClick={() => choose({ kind: 'callBack' })}>
                    {t('callBack.button')}
                  </Button>
                )
              }
            >
              {officePhoneEnding ? t('callBack.text', { ending: officePhoneEnding }) : t('callBack.none')}
            </AttentionItem>
            <AttentionItem
              icon={<IdCard />}
              title={t('document.title')}
              action={
                <Button kind="quiet" onClick={() => choose({ kind: 'document' })}>
                  {t('document.button')}
                </Button>
              }
            >
              {t('document.text')}
            </AttentionItem>
          </Attention>
        </div>
      )}
    </Section>
  )
}
