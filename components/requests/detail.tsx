'use client'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import SearchX from 'lucide-react/icons/search-x'
import UsersRound from 'lucide-react/icons/users-round'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { DetailHead } from '#components/ui/detail-head.tsx'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { NotRead } from '#components/ui/not-read.tsx'
import type { QueuedRequest } from '#lib/features/requests/schema.ts'
import { About } from './about.tsx'
import { Comments } from './comments.tsx'
import { Decision } from './decision.tsx'
import type { Opened } from './place.ts'
import { useOneRequest } from './use-requests.ts'

interface Props {
  opened: Opened
  /** The same request as the queue has it: enough to begin with. */
  listed: QueuedRequest | undefined
  /** Somebody opened it on this page, so that reading goes on here. */
  takesFocus: boolean
  isFresh: () => boolean
  onClose: () => void
}

/** One request: what it is about, whose turn it is, and what colleagues wrote. */
export default function Detail({ opened, listed, takesFocus, isFresh, onClose }: Props) {
  const t = useTranslations('requests.detail')
  const failing = useTranslations('requests.failing')
  const { detail, missing, colleague, failed, signedOut, again } = useOneRequest(opened, listed)
  const request = detail ?? listed
  const nothing = missing || colleague
  return (
    <div className="xl:sticky xl:top-8 xl:-m-1 xl:max-h-[calc(100vh-4rem)] xl:overflow-y-auto xl:p-1">
      <p className="-ml-2 mb-3 xl:hidden">
        <Button kind="quiet" onClick={onClose}>
          <ArrowLeft />
          {t('back')}
        </Button>
      </p>
      {request && !nothing && <Head {...{ request, takesFocus, onClose }} />}
      {nothing && (
        <Empty
          icon={colleague ? <UsersRound /> : <SearchX />}
          title={t(colleague ? 'colleague' : 'missing')}
          action={<Button onClick={onClose}>{t('toList')}</Button>}
        >
          {t(colleague ? 'colleagueText' : 'missingText')}
        </Empty>
      )}
      {failed && !nothing && <NotRead title={t('failed')} text={failing('text')} signedOut={signedOut} onAgain={again} />}
      {detail && (
        <>
          <Decision {...{ detail, opened, isFresh }} />
          <About detail={detail} />
          <Comments {...{ detail, opened }} />
        </>
      )}
      {!detail && !failed && !nothing && <DetailSkeleton />}
    </div>
  )
}

interface HeadProps extends Pick<Props, 'takesFocus' | 'onClose'> {
  request: QueuedRequest
}

function Head({ request: { kind, size, address, account }, takesFocus, onClose }: HeadProps) {
  const t = useTranslations('requests')
  const whose = (
    <span className="flex flex-wrap gap-x-3">
      <bdi>{address}</bdi>
      {/* Not fetched ahead: each look at an account is written down. */}
      <Link href={`/desk/helpdesk/${account}`} prefetch={false}>
        {t('detail.account')}
      </Link>
    </span>
  )
  return <DetailHead {...{ takesFocus, onClose }} title={t(`title.${kind}`, { count: size })} sub={whose} closeLabel={t('detail.close')} />
}
