'use server'
import {
  chooseNewOperation,
  issuePassOperation,
  proveResetOperation,
  resendResetOperation,
  startResetOperation,
  unlockAccountOperation,
} from './operations.ts'

export const startResetAction = startResetOperation.action
export const resendResetAction = resendResetOperation.action
export const proveResetAction = proveResetOperation.action
export const chooseNewPasswordAction = chooseNewOperation.action
export const unlockAccountAction = unlockAccountOperation.action
export const issuePassAction = issuePassOperation.action
