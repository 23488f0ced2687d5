'use server'
import { checkAppPasswordOperation, offerProfileOperation } from './operations.ts'

export const checkAppPasswordAction = checkAppPasswordOperation.action
export const offerProfileAction = offerProfileOperation.action
