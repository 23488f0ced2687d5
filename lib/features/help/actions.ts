'use server'
import { writeMessageOperation } from './operations.ts'

export const writeMessageAction = writeMessageOperation.action
