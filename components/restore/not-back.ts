import type { Restore } from '#lib/features/restore/schema.ts'

export interface NotBack {
  /** Null: mails that were chosen and gone before it was known from where. */
  folder: string | null
  count: number
  reason: 'gone' | 'notReached'
}

/** What is not back, by folder and reason. */
export function notBackOf({ gone, folders }: Pick<Restore, 'gone' | 'folders'>): NotBack[] {
  const known = folders.reduce((sum, each) => sum + each.gone, 0)
  const rows: NotBack[] = [
    ...folders.map(({ folder, gone: count }) => ({ folder, count, reason: 'gone' as const })),
    { folder: null, count: gone - known, reason: 'gone' },
    ...folders.map(({ folder, total, restored, gone: missed }) => ({
      folder,
      count: total - restored - missed,
      reason: 'notReached' as const,
    })),
  ]
  return rows.filter(({ count }) => count > 0)
}
