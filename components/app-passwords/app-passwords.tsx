'use client'
import KeyRound from 'lucide-react/icons/key-round'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { HowOld, type Stale } from '#components/ui/not-read.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import { revokeAllAppPasswordsAction, revokeAppPasswordAction } from '#lib/features/app-passwords/actions.ts'
import type { AppPassword, AppPasswordList } from '#lib/features/app-passwords/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Dialogs, loadForm, type Open, type StepUpFor } from './dialogs.tsx'
import { takeDraft } from './draft.ts'
import { FeatureBanner } from './feature-banner.tsx'
import { List, revokeButtonId } from './list.tsx'
import { NoPhone } from './no-phone.tsx'
import { useAppPasswordList } from './use-list.ts'
import { useSwitch } from './use-switch.ts'

interface Props {
  initial: AppPasswordList
  /** When the server read it, milliseconds since 1970. */
  loadedAt: number
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** What to open: after the way to the identity provider, or from a link. */
  wanted: StepUpFor | null
  /** The page that has led here for a moment. */
  from: 'client-setup' | null
}

const GENERATE = 'generate-app-password'
const SWITCH = 'app-passwords-on'
const REVOKE_ALL = 'revoke-all'

/** What stands in the way of a new one, if anything. */
function obstacleOf({ on, active, most, phone }: AppPasswordList): 'off' | 'cooling' | 'full' | null {
  if (!on) return 'off'
  if (phone?.coolingUntil) return 'cooling'
  return active >= most ? 'full' : null
}

/** Where the focus goes when what is open closes. */
function openerOf(open: Open): string {
  if (open.kind === 'switchOn' || (open.kind === 'stepUp' && open.wanted === 'switchOn')) return SWITCH
  if (open.kind !== 'revoke') return GENERATE
  return open.which === 'all' ? REVOKE_ALL : revokeButtonId(open.which.id)
}

export function AppPasswords({ initial, loadedAt, freshFor, wanted, from }: Props) {
  const t = useTranslations('app-passwords')
  const { list, stale, change } = useAppPasswordList(initial, loadedAt)
  const behalf = useBehalf()
  const [open, setOpen] = useState<Open | null>(null)
  const focusOn = useFocusOn()
  const isFresh = useFresh(freshFor)
  const askFirst = (kind: StepUpFor) => setOpen({ kind: 'stepUp', wanted: kind })
  const { switching, switchTo, refused } = useSwitch(change, () => askFirst('switchOn'))
  const obstacle = obstacleOf(list)

  const generate = () => {
    if (!isFresh()) return askFirst('generate')
    const draft = takeDraft()
    setOpen((before) => before ?? { kind: 'form', draft })
  }
  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', from ? `?from=${from}` : window.location.pathname)
    if (wanted === 'generate' && initial.phone && !obstacleOf(initial)) generate()
    if (wanted === 'switchOn' && initial.phone && !initial.on) setOpen(isFresh() ? { kind: 'switchOn' } : { kind: 'stepUp', wanted })
  }, [])

  const close = () => {
    if (open) focusOn(openerOf(open), GENERATE)
    if (open?.kind === 'secret') void change((before) => before)
    setOpen(null)
  }
  const revoked = (which: AppPassword | 'all') => {
    focusOn(...(which === 'all' ? [] : neighboursOf(list.items, which)), GENERATE)
    setOpen(null)
    void change((before) => without(before, which))
  }
  const revokeFor = async ({ account: mailbox, perform }: NonNullable<typeof behalf>, which: AppPassword | 'all') => {
    const done = await (which === 'all'
      ? perform('app-passwords.revoke-all', { count: list.items.length }, (warrant, key) =>
          revokeAllAppPasswordsAction({ mailbox }, key, warrant),
        )
      : perform('app-passwords.revoke', { name: which.name }, (warrant, key) =>
          revokeAppPasswordAction({ mailbox, id: which.id }, key, warrant),
        ))
    if (done) revoked(which)
  }

  return (
    <>
      <PageHead
        title={t('title')}
        action={
          !behalf &&
          list.phone && (
            <Button
              id={GENERATE}
              kind="primary"
              disabledReason={obstacle && <Obstacle obstacle={obstacle} list={list} />}
              onClick={generate}
              onPointerEnter={loadForm}
              onFocus={loadForm}
            >
              <Plus />
              {t('generate')}
            </Button>
          )
        }
      >
        {t('intro')}
        {from && (
          <>
            {' '}
            <TextLink href="/client-setup">{t('backToSetup')}</TextLink>
          </>
        )}
      </PageHead>
      {refused && (
        <div className="mb-5">
          <Refusal key={refused.attempt} title={t(refused.on ? 'feature.notOn' : 'feature.notOff')} refusal={refused.answer} />
        </div>
      )}
      {list.phone ? (
        <div className="mb-5">
          <FeatureBanner
            list={list}
            phone={list.phone}
            switching={switching}
            onSwitch={(to) => (to && !isFresh() ? askFirst('switchOn') : switchTo(to))}
          />
        </div>
      ) : (
        <NoPhone />
      )}
      {(list.phone || list.items.length > 0) && (
        <MyAppPasswords
          list={list}
          stale={stale}
          onRevoke={(which) => (behalf ? void revokeFor(behalf, which) : setOpen({ kind: 'revoke', which }))}
        />
      )}
      {open && (
        <Dialogs
          open={open}
          list={list}
          from={from}
          onOpen={setOpen}
          onSwitchOn={() => switchTo(true)}
          onRevoked={revoked}
          onClose={close}
        />
      )}
    </>
  )
}

/** The buttons that take over when this row is gone: of the next one, else of the one before. */
function neighboursOf(items: AppPassword[], gone: AppPassword): string[] {
  const at = items.findIndex(({ id }) => id === gone.id)
  return [items[at + 1], items[at - 1]].flatMap((item) => (item ? [revokeButtonId(item.id)] : []))
}

function without(list: AppPasswordList, which: AppPassword | 'all'): AppPasswordList {
  const items = which === 'all' ? [] : list.items.filter(({ id }) => id !== which.id)
  return { ...list, items, active: items.filter(({ daysLeft }) => daysLeft >= 0).length }
}

function Obstacle({ obstacle, list }: { obstacle: NonNullable<ReturnType<typeof obstacleOf>>; list: AppPasswordList }) {
  const t = useTranslations('app-passwords.notNow')
  const format = useFormat()
  const until = list.phone?.coolingUntil ? format.dayAndTime(list.phone.coolingUntil) : ''
  return t(obstacle, { until, most: list.most })
}

interface MyAppPasswordsProps {
  list: AppPasswordList
  stale: Stale | null
  onRevoke: (which: AppPassword | 'all') => void
}

function MyAppPasswords({ list, stale, onRevoke }: MyAppPasswordsProps) {
  const t = useTranslations('app-passwords')
  const none = list.items.length === 0
  const revokeAll = (
    <Button id={REVOKE_ALL} kind="danger-quiet" size="sm" onClick={() => onRevoke('all')}>
      {t('list.revokeAll')}
    </Button>
  )
  return (
    <Section first title={t('list.title')} count={t('list.count', { count: list.active, most: list.most })} action={!none && revokeAll}>
      {none ? (
        <Empty icon={<KeyRound />} title={t('empty.title')}>
          {t(list.on ? (list.phone?.coolingUntil ? 'empty.textCooling' : 'empty.text') : 'empty.textOff')}
        </Empty>
      ) : (
        <List items={list.items} on={list.on} onRevoke={onRevoke} />
      )}
      <HowOld stale={stale} />
    </Section>
  )
}
