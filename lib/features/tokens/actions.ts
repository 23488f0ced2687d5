'use server'
import { createTokenOperation, revokeTokenOperation } from './operations.ts'

export const createTokenAction = createTokenOperation.action
export const revokeTokenAction = revokeTokenOperation.action
