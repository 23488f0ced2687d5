'use server'
import { changePasswordOperation, makeRecoveryCodesOperation } from './operations.ts'

export const changePasswordAction = changePasswordOperation.action
export const makeRecoveryCodesAction = makeRecoveryCodesOperation.action
