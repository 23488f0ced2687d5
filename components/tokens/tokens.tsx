'use client'
import KeyRound from 'lucide-react/icons/key-round'
import Plus from 'lucide-react/icons/plus'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { CreatedToken, Token, TokenList } from '#lib/features/tokens/schema.ts'
import { type Draft, keepDraft, takeDraft } from './draft.ts'
import { List, revokeButtonId } from './list.tsx'

const loadForm = () => import('./create-form.tsx')
const CreateForm = lazy(loadForm)
const SecretShown = lazy(() => import('./secret-shown.tsx'))
const Revoke = lazy(() => import('./revoke.tsx'))
const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

const CREATE = 'create-token'

/** The one dialog that is open. */
type Open =
  | { kind: 'stepUp' }
  | { kind: 'form'; draft: Draft }
  | { kind: 'secret'; created: CreatedToken }
  | { kind: 'revoke'; token: Token }

interface Props {
  list: TokenList
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** Back from the identity provider: the form opens. */
  wanted: boolean
}

export function Tokens({ list: { tokens, most }, freshFor, wanted }: Props) {
  const t = useTranslations('tokens')
  const router = useRouter()
  const isFresh = useFresh(freshFor)
  const focusOn = useFocusOn()
  const [open, setOpen] = useState<Open>()
  const living = tokens.filter(({ expired }) => !expired).length

  const create = () => setOpen(isFresh() ? { kind: 'form', draft: takeDraft() } : { kind: 'stepUp' })
  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', window.location.pathname)
    create()
  }, [])
  const close = () => {
    focusOn(open?.kind === 'revoke' ? revokeButtonId(open.token.id) : CREATE, CREATE)
    setOpen(undefined)
  }
  const changed = () => {
    close()
    router.refresh()
  }

  return (
    <>
      <PageHead
        title={t('title')}
        action={
          <Button
            id={CREATE}
            kind="primary"
            disabledReason={living >= most && t('full', { most })}
            onClick={create}
            onPointerEnter={loadForm}
            onFocus={loadForm}
          >
            <Plus />
            {t('generate')}
          </Button>
        }
      >
        {t('intro')}
      </PageHead>
      <Section first title={t('list.title')} count={t('list.count', { count: living, most })}>
        {tokens.length === 0 ? (
          <Empty icon={<KeyRound />} title={t('empty.title')}>
            {t('empty.text')}
          </Empty>
        ) : (
          <List tokens={tokens} onRevoke={(token) => setOpen({ kind: 'revoke', token })} />
        )}
      </Section>
      <Suspense>
        {open?.kind === 'stepUp' && <StepUp help={t('stepUp')} returnTo="/desk/tokens?do=create" onClose={close} />}
        {open?.kind === 'form' && (
          <CreateForm
            draft={open.draft}
            onCreated={(created) => setOpen({ kind: 'secret', created })}
            onStepUp={(draft) => {
              keepDraft(draft)
              setOpen({ kind: 'stepUp' })
            }}
            onClose={close}
          />
        )}
        {open?.kind === 'secret' && <SecretShown created={open.created} onClose={changed} />}
        {open?.kind === 'revoke' && <Revoke token={open.token} onRevoked={changed} onClose={close} />}
      </Suspense>
    </>
  )
}
