import { env } from '#lib/platform/env.ts'

/** Anybody, but in the demo only: there these texts go to no real phone, and env.ts keeps the demo on loopback. */
export const mayReadDemoPhone = () => env().DEMO
