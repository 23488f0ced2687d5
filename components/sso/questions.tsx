'use client'
import MapPin from 'lucide-react/icons/map-pin'
import { useTranslations } from 'next-intl'
import { Attention, AttentionItem } from '#components/ui/attention.tsx'
import { Button } from '#components/ui/button.tsx'
import type { SignInRecord } from '#lib/features/sso/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useWords } from './use-words.ts'

interface Props {
  /** Unusual and not yet answered for. */
  signIns: SignInRecord[]
  /** The one whose answer is under way. */
  busy: string | null
  onAnswer: (signIn: SignInRecord, mine: boolean) => void
}

export const answerButtonId = (id: string) => `mine-${id}`

export function Questions({ signIns, busy, onAnswer }: Props) {
  const t = useTranslations('sso.sessions.ask')
  const format = useFormat()
  const { deviceOf, placeOf } = useWords()
  return (
    <Attention label={t('label')}>
      {signIns.map((signIn) => {
        const time = format.dayAndTime(signIn.at)
        const of = <span className="sr-only"> {t('of', { time })}</span>
        return (
          <AttentionItem
            key={signIn.id}
            tone="wait"
            icon={<MapPin />}
            title={t('title', { time })}
            action={
              <div className="flex gap-2">
                <Button id={answerButtonId(signIn.id)} busy={busy === signIn.id} onClick={() => onAnswer(signIn, true)}>
                  {t('mine')}
                  {of}
                </Button>
                {/* Who uses this very session is the one who is asked. */}
                {!signIn.current && (
                  <Button kind="danger" busy={busy === signIn.id} onClick={() => onAnswer(signIn, false)}>
                    {t('notMine')}
                    {of}
                  </Button>
                )}
              </div>
            }
          >
            {t('text', { where: `${placeOf(signIn)} · ${deviceOf(signIn)}` })}
          </AttentionItem>
        )
      })}
    </Attention>
  )
}
