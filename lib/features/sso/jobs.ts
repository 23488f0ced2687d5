import type { Jobs } from '#lib/platform/jobs.ts'
import { forgetOldSignIns } from './store.ts'

export const ssoJobs: Jobs = {
  tasks: { 'sso.forget': (_, { db }) => forgetOldSignIns(db) },
  every: { 'sso.forget': 3600 },
}
