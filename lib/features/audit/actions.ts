'use server'
import { verifyChainOperation } from './operations.ts'

export const verifyChainAction = verifyChainOperation.action
