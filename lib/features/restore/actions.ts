'use server'
import { startRestoreOperation, stopRestoreOperation } from './operations.ts'

export const startRestoreAction = startRestoreOperation.action
export const stopRestoreAction = stopRestoreOperation.action
