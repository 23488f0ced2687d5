'use server'
import {
  endCallOperation,
  requestUnbindingOperation,
  searchAccountsOperation,
  sendCallCodeOperation,
  unlockAccountOperation,
  unmaskPhoneOperation,
  verifyCallerOperation,
} from './operations.ts'

export const endCallAction = endCallOperation.action
export const requestUnbindingAction = requestUnbindingOperation.action
export const searchAccountsAction = searchAccountsOperation.action
export const sendCallCodeAction = sendCallCodeOperation.action
export const unlockAccountAction = unlockAccountOperation.action
export const unmaskPhoneAction = unmaskPhoneOperation.action
export const verifyCallerAction = verifyCallerOperation.action
