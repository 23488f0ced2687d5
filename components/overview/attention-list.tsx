import ArrowRight from 'lucide-react/icons/arrow-right'
import Check from 'lucide-react/icons/check'
import { Attention, AttentionItem } from '#components/ui/attention.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { describer, type Item } from './describe.tsx'
import type { Matter } from './matters.ts'

/** What needs the person, most pressing first: one sentence and one step each. */
export async function AttentionList({ matters }: { matters: Matter[] }) {
  const [t, describe] = await Promise.all([getTranslations('overview'), describer()])
  const items = matters.map(describe)
  const first = items.find(({ step }) => step)
  return (
    <Attention label={t('waiting')}>
      {items.map((item, place) => (
        <AttentionItem
          key={place}
          tone={item.tone}
          icon={item.icon}
          title={item.title}
          action={item.step && <Step step={item.step} primary={item === first} />}
        >
          {item.text}
        </AttentionItem>
      ))}
      {items.length === 0 && (
        <AttentionItem icon={<Check />} title={t('calm.title')}>
          {t('calm.text')}
        </AttentionItem>
      )}
    </Attention>
  )
}

function Step({ step, primary }: { step: NonNullable<Item['step']>; primary: boolean }) {
  return (
    <ButtonLink href={step.href} kind={primary ? 'primary' : 'quiet'}>
      {step.label}
      {!primary && <ArrowRight />}
    </ButtonLink>
  )
}
