import type { Jobs } from '#lib/platform/jobs.ts'
import { forgetOldNumbers, indexEndings } from './store.ts'

export const phoneJobs: Jobs = {
  tasks: {
    'phone.forget': (_, { db }) => forgetOldNumbers(db),
    'phone.index-endings': (_, { db }) => indexEndings(db),
  },
  every: { 'phone.forget': 600, 'phone.index-endings': 600 },
}
