import pino from 'pino'
import { log } from '../log.ts'

/** What is logged from now on, every level, line by line. */
export function captureLog(): string[] {
  const lines: string[] = []
  log.level = 'trace'
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } })
  return lines
}
