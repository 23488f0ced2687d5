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
import type { SentMail } from '#lib/features/sent/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { RecallBox } from './recall-box.tsx'
import { Recipients } from './recipients.tsx'
import { useOneSent } from './use-sent.ts'

interface Props {
  id: string
  /** The same mail as the list has it: enough to begin with. */
  listed?: SentMail
  watched: boolean
  /** Somebody opened it on this page, so that reading goes on here. */
  takesFocus: boolean
  isFresh: () => boolean
  recallWanted: boolean
  onClose: () => void
}

/** One sent mail: whether it can be recalled or how that goes, and each recipient. */
export default function Detail({ id, listed, watched, takesFocus, isFresh, recallWanted, onClose }: Props) {
  const t = useTranslations('sent.detail')
  const failing = useTranslations('sent.failing')
  const { detail, recall, missing, failed, signedOut, again, begun } = useOneSent(id, watched)
  const mail = detail ?? listed
  const own = useBehalf() === null
  const recipients = recall?.recipients ?? detail?.recipients ?? []
  return (
    <div className="xl:sticky xl:top-8 xl:-m-1 xl:max-h-[calc(100vh-4rem)] xl:overflow-y-auto xl:p-1">
      <p className="-ml-2 mb-3 xl:hidden">
        <Button kind="quiet" onClick={onClose}>
          <ArrowLeft />
          {t('back')}
        </Button>
      </p>
      {mail && !missing && <Head {...{ mail, takesFocus, onClose }} />}
      {missing && (
        <Empty icon={<SearchX />} title={t('missing')} action={<Button onClick={onClose}>{t('toList')}</Button>}>
          {t('missingText')}
        </Empty>
      )}
      {failed && !missing && <NotRead title={t('failed')} text={failing('text')} signedOut={signedOut} onAgain={again} />}
      {own && detail && <RecallBox {...{ detail, recall, isFresh, recallWanted }} onBegun={begun} />}
      {detail && (
        <Section first title={t('recipients')} count={t('count', { count: recipients.length })}>
          <Recipients {...{ detail, recall }} />
        </Section>
      )}
      {!detail && !failed && !missing && <DetailSkeleton />}
    </div>
  )
}

function Head({ mail: { subject, sentAt }, takesFocus, onClose }: { mail: SentMail; takesFocus: boolean; onClose: () => void }) {
  const t = useTranslations('sent')
  const format = useFormat()
  return (
    <DetailHead
      {...{ takesFocus, onClose }}
      title={subject || t('list.noSubject')}
      sub={t('detail.sent', { when: format.dayAndTime(sentAt) })}
      closeLabel={t('detail.close')}
    />
  )
}
