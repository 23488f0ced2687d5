'use server'
import { followLinkOperation, setDigestOperation, unsubscribeOperation } from './operations.ts'

export const setDigestAction = setDigestOperation.action
export const followLinkAction = followLinkOperation.action
export const unsubscribeAction = unsubscribeOperation.action
