'use server'
import {
  createAppPasswordOperation,
  revokeAllAppPasswordsOperation,
  revokeAppPasswordOperation,
  switchAppPasswordsOperation,
} from './operations.ts'

export const createAppPasswordAction = createAppPasswordOperation.action
export const revokeAppPasswordAction = revokeAppPasswordOperation.action
export const revokeAllAppPasswordsAction = revokeAllAppPasswordsOperation.action
export const switchAppPasswordsAction = switchAppPasswordsOperation.action
