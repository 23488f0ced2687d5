import type { Actor } from '#lib/platform/actor.ts'

/** Every role of staff, whatever else it may do. */
const maySee = (actor: Actor) => actor.kind === 'staff'

/** The portal itself, too: it counts once for all who watch. */
export const mayShowFigures = (actor: Actor) => maySee(actor) || actor.kind === 'system'
export const mayDrill = maySee
export const mayExportFigures = maySee
export const mayWatchFigures = maySee
