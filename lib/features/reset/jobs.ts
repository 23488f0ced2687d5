import { z } from 'zod'
import { NO_REQUEST } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { sendCodeOperation } from './operations.ts'
import { LOOK_UP } from './schema.ts'
import { forgetFlows } from './store.ts'

const BY_JOB = { actor: { kind: 'system', job: LOOK_UP }, request: NO_REQUEST, ownOrigin: true } as const

export const resetJobs: Jobs = {
  tasks: {
    [LOOK_UP]: async (payload, on) => {
      const result = await sendCodeOperation.execute(BY_JOB, z.object({ flow: z.uuid() }).parse(payload), on)
      // The worker tries again.
      if (!result.ok) throw new Error(result.code)
    },
    'reset.forget': (_, { db }) => db.transaction((tx) => forgetFlows(tx)),
  },
  every: { 'reset.forget': 60 },
}
