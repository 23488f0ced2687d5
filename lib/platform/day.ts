import { z } from 'zod'

/** A day of our time, `2026-11-30`: neither Postgres nor a clock has trouble with it. */
export const Day = z.iso.date().refine((day) => day >= '2000-01-01' && day < '2100-01-01')
