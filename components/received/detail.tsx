'use client'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { DetailHead } from '#components/ui/detail-head.tsx'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { NotRead } from '#components/ui/not-read.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { ActsTold } from './acts-told.tsx'
import { DetailActs } from './detail-acts.tsx'
import { isUndecided } from './fate.ts'
import { FateBanner } from './fate-banner.tsx'
import { Preview } from './preview.tsx'
import { Trip } from './trip.tsx'
import { useActs } from './use-acts.ts'
import { useOneReceived } from './use-received.ts'
import { useTelling } from './use-telling.ts'

interface Props {
  id: string
  /** The same mail as the list has it: enough to begin with. */
  listed?: ReceivedMail
  watched: boolean
  /** Somebody opened it on this page, so that reading goes on here. */
  takesFocus: boolean
  onClose: () => void
  onUndo: (ids: string[]) => void
}

/** One mail: what became of it, what can be done, its story, and its text while it is held. */
export default function Detail({ id, listed, watched, takesFocus, onClose, onUndo }: Props) {
  const t = useTranslations('received.detail')
  const failing = useTranslations('received.failing')
  const { detail, missing, failed, signedOut, again } = useOneReceived(id, watched)
  const mail = detail ?? listed
  const own = useBehalf() === null
  return (
    <div className="xl:sticky xl:top-8 xl:-m-1 xl:max-h-[calc(100vh-4rem)] xl:overflow-y-auto xl:p-1">
      <p className="-ml-2 mb-3 xl:hidden">
        <Button kind="quiet" onClick={onClose}>
          <ArrowLeft />
          {t('back')}
        </Button>
      </p>
      {mail && !missing ? (
        <>
          <Head mail={mail} takesFocus={takesFocus} onClose={onClose} />
          <Decision mail={mail} onUndo={onUndo} />
        </>
      ) : (
        !failed && <DetailSkeleton />
      )}
      {missing && (
        <Empty icon={<SearchX />} title={t('missing')} action={<Button onClick={onClose}>{t('toList')}</Button>}>
          {t('missingText')}
        </Empty>
      )}
      {failed && !missing && <NotRead title={t('failed')} text={failing('text')} signedOut={signedOut} onAgain={again} />}
      {detail && (
        <Section first title={t('trip')}>
          <Trip mail={detail} />
        </Section>
      )}
      {mail && !detail && !failed && <DetailSkeleton />}
      {own && mail && !missing && (isUndecided(mail) || mail.held?.state === 'releasing') && <Preview id={id} />}
    </div>
  )
}

function Head({ mail: { subject, from }, takesFocus, onClose }: { mail: ReceivedMail; takesFocus: boolean; onClose: () => void }) {
  const t = useTranslations('received')
  const sender = from ? [from.name, from.name ? `<${from.address}>` : from.address].filter(Boolean).join(' ') : t('list.system')
  return (
    <DetailHead
      {...{ takesFocus, onClose }}
      title={subject || t('list.noSubject')}
      sub={<bdi>{sender}</bdi>}
      closeLabel={t('detail.close')}
    />
  )
}

function Decision({ mail, onUndo }: { mail: ReceivedMail; onUndo: (ids: string[]) => void }) {
  const telling = useTelling(onUndo)
  const acts = useActs(telling.say)
  return (
    <div className="mb-6 empty:hidden">
      <ActsTold refused={acts.refused} rest={telling.rest} />
      <FateBanner mail={mail} acts={acts} />
      <DetailActs mail={mail} acts={acts} />
    </div>
  )
}
