'use client'
import Plus from 'lucide-react/icons/plus'
import Webhook from 'lucide-react/icons/webhook'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import { testWebhookAction } from '#lib/features/webhooks/actions.ts'
import type { WebhookList } from '#lib/features/webhooks/schema.ts'
import { Dialogs, loadForm, type Open, type Wanted } from './dialogs.tsx'
import { takeDraft } from './draft.ts'
import { type Act, List, testButtonId } from './list.tsx'

const ADD = 'add-webhook'

interface Props {
  list: WebhookList
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** Back from the identity provider: what was wanted opens. */
  wanted: Wanted | null
}

type One = WebhookList['webhooks'][number]

export function Webhooks({ list: { webhooks, most }, freshFor, wanted }: Props) {
  const t = useTranslations('webhooks')
  const router = useRouter()
  const isFresh = useFresh(freshFor)
  const focusOn = useFocusOn()
  const [open, setOpen] = useState<Open>()
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const add = () => setOpen(isFresh() ? { kind: 'add', draft: takeDraft() } : { kind: 'stepUp', wanted: 'create' })
  const change = (kind: Exclude<Wanted['kind'], 'create'>, webhook: One, chosen?: string[]) =>
    setOpen(isFresh() ? { kind, webhook, chosen } : { kind: 'stepUp', wanted: kind, webhook })
  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', window.location.pathname)
    if (wanted.kind === 'create') return add()
    const webhook = webhooks.find(({ id }) => id === wanted.id)
    if (!webhook) return
    const draft = wanted.kind === 'events' ? takeDraft() : undefined
    change(wanted.kind, webhook, draft?.url === webhook.url ? draft.events : undefined)
  }, [])

  const sendTest = async ({ id }: One): Promise<boolean> => {
    const answer = await answerOf(testWebhookAction({ id }))
    if (answer.ok) toast({ text: t('done.test') })
    setRefused((before) => (answer.ok ? undefined : { answer, attempt: (before?.attempt ?? 0) + 1 }))
    router.refresh()
    return answer.ok
  }
  const act = async (wanted: Act, webhook: One) => {
    if (wanted !== 'test' && wanted !== 'deliveries') return change(wanted, webhook)
    if (wanted === 'deliveries' || (await sendTest(webhook))) setOpen({ kind: 'deliveries', webhook })
  }
  const close = () => {
    focusOn(...(open && 'webhook' in open && open.webhook ? [testButtonId(open.webhook.id)] : []), ADD)
    setOpen(undefined)
    router.refresh()
  }

  return (
    <>
      <PageHead
        title={t('title')}
        action={
          <Button
            id={ADD}
            kind="primary"
            disabledReason={webhooks.length >= most && t('full', { most })}
            onClick={add}
            onPointerEnter={loadForm}
            onFocus={loadForm}
          >
            <Plus />
            {t('add')}
          </Button>
        }
      >
        {t('intro')}
      </PageHead>
      {refused && (
        <div className="mb-5">
          <Refusal key={refused.attempt} title={t('done.failed')} refusal={refused.answer} />
        </div>
      )}
      <Section first title={t('list.title')} count={t('list.count', { count: webhooks.length, most })}>
        {webhooks.length === 0 ? (
          <Empty icon={<Webhook />} title={t('empty.title')}>
            {t('empty.text')}
          </Empty>
        ) : (
          <List webhooks={webhooks} onAct={act} />
        )}
      </Section>
      {open && <Dialogs open={open} onOpen={setOpen} onClose={close} />}
    </>
  )
}
