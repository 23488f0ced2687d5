import type { Attention } from '#lib/features/overview/schema.ts'

type Expiring = Extract<Attention, { kind: 'app_password_expiring' }>
/** What stands in the list: as the service found it, but many that expire are one matter. */
export type Matter = Attention | { kind: 'app_passwords_expiring'; count: number; first: Date }

const MOST_ALONE = 2

const isExpiring = (found: Attention): found is Expiring => found.kind === 'app_password_expiring'

export function mattersOf(found: Attention[]): Matter[] {
  const expiring = found.filter(isExpiring)
  const [first] = expiring
  if (!first || expiring.length <= MOST_ALONE) return found
  return found.flatMap((matter): Matter[] => {
    if (matter === first) return [{ kind: 'app_passwords_expiring', count: expiring.length, first: first.expiresAt }]
    return isExpiring(matter) ? [] : [matter]
  })
}
