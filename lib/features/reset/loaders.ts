import { showResetOperation } from './operations.ts'

export const loadReset = (input: { token: string }) => showResetOperation.loadPublic(input)
