'use client'
import Ban from 'lucide-react/icons/ban'
import Inbox from 'lucide-react/icons/inbox'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import type { Acts } from './use-acts.ts'

const AskHelpdesk = lazy(() => import('./ask-helpdesk.tsx'))
const DeleteAndBlock = lazy(() => import('./delete-and-block.tsx'))

/** What may be done with this mail now, the likeliest first. */
export function DetailActs({ mail, acts }: { mail: ReceivedMail; acts: Acts }) {
  const [asking, setAsking] = useState<'helpdesk' | 'block'>()
  const ids = [mail.id]
  const close = () => setAsking(undefined)
  const { release, request, moveToInbox } = mail.may
  return (
    <>
      {(release || request || moveToInbox) && (
        <div className="mt-4 flex flex-wrap gap-x-3 gap-y-2">
          <Forward mail={mail} acts={acts} onAsk={() => setAsking('helpdesk')} />
        </div>
      )}
      {mail.may.delete && (
        <div className="mt-3 flex flex-wrap gap-x-3 gap-y-2">
          <Away mail={mail} acts={acts} onBlock={() => setAsking('block')} />
        </div>
      )}
      <Suspense>
        {asking === 'helpdesk' && <AskHelpdesk count={1} ids={ids} acts={acts} onClose={close} />}
        {asking === 'block' && mail.from && <DeleteAndBlock id={mail.id} sender={mail.from.address} acts={acts} onClose={close} />}
      </Suspense>
    </>
  )
}

interface Props {
  mail: ReceivedMail
  acts: Acts
}

function Forward({ mail: { id, from, may }, acts: { act, busy }, onAsk }: Props & { onAsk: () => void }) {
  const t = useTranslations('received.acts')
  const own = useBehalf() === null
  if (may.moveToInbox) {
    return (
      <Button kind="primary" busy={busy === 'move'} busyLabel={t('moving')} onClick={() => act('move', [id])}>
        <Inbox />
        {t('move')}
      </Button>
    )
  }
  if (may.request) {
    return (
      <Button kind="primary" onClick={onAsk}>
        <LifeBuoy />
        {t('ask')}
      </Button>
    )
  }
  return (
    <>
      <Button kind="primary" busy={busy === 'release'} busyLabel={t('releasing')} onClick={() => act('release', [id])}>
        <Inbox />
        {t('release')}
      </Button>
      {own && from && (
        <Button busy={busy === 'allow'} busyLabel={t('releasing')} onClick={() => act('allow', [id])}>
          <UserRoundCheck />
          {t('allow')}
        </Button>
      )}
    </>
  )
}

function Away({ mail: { id, from }, acts: { act, busy }, onBlock }: Props & { onBlock: () => void }) {
  const t = useTranslations('received.acts')
  return (
    <>
      {from && (
        <Button kind="danger" onClick={onBlock}>
          <Ban />
          {t('block')}
        </Button>
      )}
      <Button kind="quiet" busy={busy === 'delete'} busyLabel={t('deleting')} onClick={() => act('delete', [id])}>
        {t(from ? 'deleteOnly' : 'delete')}
      </Button>
    </>
  )
}
