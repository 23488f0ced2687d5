'use server'
import {
  checkSenderOperation,
  importSendersOperation,
  previewImportOperation,
  putSendersOperation,
  removeSendersOperation,
} from './operations.ts'

export const putSendersAction = putSendersOperation.action
export const removeSendersAction = removeSendersOperation.action
export const checkSenderAction = checkSenderOperation.action
export const previewImportAction = previewImportOperation.action
export const importSendersAction = importSendersOperation.action
