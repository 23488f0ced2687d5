import type { Actor } from '#lib/platform/actor.ts'

/** Every role of staff, whatever else it may do; and a key with this very scope. */
const maySee = (scope: string) => (actor: Actor) => actor.kind === 'staff' || (actor.kind === 'apiKey' && actor.scopes.includes(scope))

/** The portal itself, too: it counts once for all who watch. */
export const mayShowFigures = (actor: Actor) => maySee('dashboard.show')(actor) || actor.kind === 'system'
export const mayDrill = maySee('dashboard.drill')
export const mayExportFigures = maySee('dashboard.export')
export const mayWatchFigures = (actor: Actor) => actor.kind === 'staff'
