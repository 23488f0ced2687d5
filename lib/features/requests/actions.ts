'use server'
import { commentRequestOperation, decideRequestOperation, giveBackRequestOperation, takeRequestOperation } from './operations.ts'

export const commentRequestAction = commentRequestOperation.action
export const decideRequestAction = decideRequestOperation.action
export const giveBackRequestAction = giveBackRequestOperation.action
export const takeRequestAction = takeRequestOperation.action
