import pino from 'pino'

/** What may stand in a log: codes and references. Messages of foreign servers and inputs do not (they may hold secrets). */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { service: 'posthouse' },
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: describeError },
  redact: ['password', 'secret', 'token', 'code', '*.password', '*.secret', '*.token', 'headers'],
})

/** Name, code and place of an error and of its causes; never its message. */
export function describeError(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { name: typeof thrown }
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: thrown.name,
    code: 'code' in thrown ? String(thrown.code) : undefined,
    at: frames.slice(0, 6).map((line) => line.trim()),
    cause: thrown.cause === undefined ? undefined : describeError(thrown.cause),
  }
}
