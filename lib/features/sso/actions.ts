'use server'
import { endOtherSessionsOperation, endSessionOperation, reviewSignInOperation } from './operations.ts'

export const endSessionAction = endSessionOperation.action
export const endOtherSessionsAction = endOtherSessionsOperation.action
export const reviewSignInAction = reviewSignInOperation.action
