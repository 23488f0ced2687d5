import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import type { ReactNode } from 'react'
import { Status, type StatusKind } from '#components/ui/status.tsx'
import type { AuditEntry } from '#lib/features/audit/schema.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

const LOOKS: Record<AuditEntry['outcome'], { kind: StatusKind; icon: ReactNode }> = {
  done: { kind: 'ok', icon: <Check /> },
  refused: { kind: 'stop', icon: <Ban /> },
  failed: { kind: 'stop', icon: <CircleAlert /> },
  unknown: { kind: 'hold', icon: <CircleHelp /> },
}

export async function Outcome({ outcome }: Pick<AuditEntry, 'outcome'>) {
  const t = await getTranslations('audit.outcomes')
  return <Status {...LOOKS[outcome]}>{t(outcome)}</Status>
}
