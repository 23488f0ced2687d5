import type { Jobs } from '#lib/platform/jobs.ts'
import { forgetOldNumbers } from './store.ts'

export const phoneJobs: Jobs = {
  tasks: { 'phone.forget': (_, { db }) => forgetOldNumbers(db) },
  every: { 'phone.forget': 600 },
}
