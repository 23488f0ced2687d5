'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { RoleState } from '#lib/features/settings/schema.ts'
import { ProposeRole } from './propose-role.tsx'
import { RoleChanges } from './role-changes.tsx'
import { WaitingRoles } from './waiting-roles.tsx'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))
const RevokeRole = lazy(() => import('./revoke-role.tsx'))

export const ROLES_PATH = '/desk/settings/roles'

interface Props {
  state: RoleState
  /** For how many seconds the last sign-in counts as recent. */
  freshFor: number
}

type Given = RoleState['groups'][number]

/** Which group gives which role: granted by two people, taken away by one. */
export function Roles({ state: { groups, waiting, changes }, freshFor }: Props) {
  const t = useTranslations('settings.roles')
  const isFresh = useFresh(freshFor)
  const [asksIdentity, askIdentity] = useState(false)
  const [revoking, setRevoking] = useState<Given>()
  const done = (text: string) => toast({ text, icon: <Check /> })
  const fresh = { isFresh, onStepUp: () => askIdentity(true) }
  return (
    <>
      {waiting.length > 0 && <WaitingRoles waiting={waiting} {...fresh} onDone={done} />}
      <Section title={t('groups.title')} count={t('groups.count', { count: groups.length })} first={waiting.length === 0}>
        <Table label={t('groups.title')} compact fold="max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b'_'c_c']">
          <thead>
            <Tr>
              <Th className="w-36">{t('role')}</Th>
              <Th>{t('group')}</Th>
              <Th className="w-48">{t('from')}</Th>
              <Th className="w-56" hidden>
                {t('actions')}
              </Th>
            </Tr>
          </thead>
          <tbody>
            {groups.map((given) => (
              <Tr key={`${given.role}=${given.group}`}>
                <Td area="a" strong>
                  {t(`names.${given.role}`)}
                </Td>
                <Td area="b" className="break-words">
                  {given.group}
                </Td>
                <Td area="c" faint>
                  {t(`sources.${given.from}`)}
                </Td>
                <Td area="e" action>
                  {given.ownAdmin ? (
                    <span className="text-ink-2 text-sm">{t('own')}</span>
                  ) : (
                    <Button
                      kind="danger-quiet"
                      size="sm"
                      aria-label={t('revokeName', { role: t(`names.${given.role}`), group: given.group })}
                      onClick={() => (isFresh() ? setRevoking(given) : askIdentity(true))}
                    >
                      {t('revoke')}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </Section>
      <Section title={t('propose.title')}>
        <ProposeRole {...fresh} onDone={done} />
      </Section>
      <RoleChanges changes={changes} />
      <Suspense>
        {revoking && <RevokeRole given={revoking} onStepUp={fresh.onStepUp} onDone={done} onClose={() => setRevoking(undefined)} />}
        {asksIdentity && <StepUp help={t('stepUp')} returnTo={ROLES_PATH} onClose={() => askIdentity(false)} />}
      </Suspense>
    </>
  )
}
