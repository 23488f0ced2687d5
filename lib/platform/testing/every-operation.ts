import type { Operation } from '../operation.ts'

const modules = import.meta.glob<Record<string, Operation>>('/lib/features/*/operations.ts', { eager: true })

/** Every operation that any feature defines, by name; none can be forgotten in a list. */
export const EVERY_OPERATION: Operation[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((exported) => typeof exported?.execute === 'function')
  .sort((a, b) => a.name.localeCompare(b.name))
