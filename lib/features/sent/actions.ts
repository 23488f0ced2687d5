'use server'
import { recallSentOperation } from './operations.ts'

export const recallSentAction = recallSentOperation.action
