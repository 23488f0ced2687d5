'use client'
import Check from 'lucide-react/icons/check'
import MapPin from 'lucide-react/icons/map-pin'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Call } from '#components/ui/call.ts'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { WarrantDialog } from '#components/ui/warrant-dialog.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Verified } from './acts.tsx'
import type { ActsOfOthers } from './acts-of-others.ts'

type SignIn = Verified['details']['signIns'][number]

interface Props {
  account: Verified
  reference: string
  call: Call
  endSession: ActsOfOthers['endSession']
}

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'a_e'_'b_e'_'c_e'_'d_d'] max-md:[&_[data-area=e]]:self-start max-md:[&_[data-area=e]:has(button)]:-mt-1"

/** The newest, and the end of one that is still open. */
export function SignIns({ account: { details }, reference, call, endSession }: Props) {
  const t = useTranslations('helpdesk.signIns')
  const act = useTranslations('helpdesk.acts')
  const format = useFormat()
  const router = useRouter()
  const [ending, setEnding] = useState<SignIn>()
  const deviceOf = ({ system, browser }: SignIn) => [system, browser].filter(Boolean).join(' · ') || t('unknownDevice')
  const ended = (device: string) => {
    setEnding(undefined)
    toast({ text: act('session.done', { device }) })
    router.refresh()
  }
  return (
    <Section
      title={t('title')}
      count={t('count', { count: details.sessions })}
      action={
        <Link href={`/desk/helpdesk/${reference}/sso`} prefetch={false} className="text-sm">
          {t('all')}
        </Link>
      }
    >
      {details.signIns.length === 0 ? (
        <p className="mt-3 text-ink-2">{t('empty')}</p>
      ) : (
        <Table label={t('title')} compact wrap fold={FOLD}>
          <thead>
            <Tr>
              <Th className="w-32">{t('time')}</Th>
              <Th className="w-36">{t('device')}</Th>
              <Th>{t('place')}</Th>
              <Th className="w-24">{t('state')}</Th>
              <Th className="w-20" hidden>
                {t('end')}
              </Th>
            </Tr>
          </thead>
          <tbody>
            {details.signIns.map((signIn) => (
              <Row key={signIn.id} signIn={signIn} device={deviceOf(signIn)} onEnd={() => setEnding(signIn)} />
            ))}
          </tbody>
        </Table>
      )}
      {ending && (
        <WarrantDialog
          call={call}
          operation="sso.end"
          title={act('session.title', { device: deviceOf(ending) })}
          reasons={[act('reasons.unknownDevice'), act('reasons.lostDevice')]}
          confirm={act('session.confirm')}
          busyLabel={act('session.busy')}
          failed={act('session.failed')}
          act={(warrant, key) => endSession({ mailbox: reference, id: ending.id }, key, warrant)}
          onDone={() => ended(deviceOf(ending))}
          onClose={() => setEnding(undefined)}
        >
          {act('session.will', { time: format.dayAndTime(ending.at) })}
        </WarrantDialog>
      )}
    </Section>
  )
}

function Row({ signIn, device, onEnd }: { signIn: SignIn; device: string; onEnd: () => void }) {
  const t = useTranslations('helpdesk.signIns')
  const format = useFormat()
  const locale = useLocale()
  const { at, ip, network, unusual, live } = signIn
  /** Networks that the site named carry both languages; of others only the address is worth saying. */
  const named = network && !network.includes('/') ? network.split('|').at(locale === 'en' ? -1 : 0) : null
  return (
    <Tr>
      <Td area="a" figures faint>
        <time dateTime={at.toISOString()}>{format.moment(at)}</time>
      </Td>
      <Td area="b">{device}</Td>
      <Td area="c">
        {[named, ip].filter(Boolean).join(' · ') || t('unknownPlace')}{' '}
        {unusual && (
          <Status kind="wait" icon={<MapPin />}>
            {t('newPlace')}
          </Status>
        )}
      </Td>
      <Td area="d">
        {live ? (
          <Status kind="ok" icon={<Check />}>
            {t('live')}
          </Status>
        ) : (
          <span className="text-ink-3">{t('over')}</span>
        )}
      </Td>
      <Td area="e" action>
        {live && (
          <span className="-my-1 block">
            <Button kind="quiet" size="sm" onClick={onEnd}>
              {t('end')}
              <span className="sr-only"> {t('endOf', { device, time: format.dayAndTime(at) })}</span>
            </Button>
          </span>
        )}
      </Td>
    </Tr>
  )
}
