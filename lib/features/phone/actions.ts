'use server'
import { cancelChangeOperation, confirmBindingOperation, resendCodesOperation, startBindingOperation } from './operations.ts'

export const startBindingAction = startBindingOperation.action
export const resendCodesAction = resendCodesOperation.action
export const confirmBindingAction = confirmBindingOperation.action
export const cancelChangeAction = cancelChangeOperation.action
