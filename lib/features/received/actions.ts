'use server'
import {
  deleteReceivedOperation,
  moveToInboxOperation,
  releaseReceivedOperation,
  requestReleaseOperation,
  undeleteReceivedOperation,
} from './operations.ts'

export const releaseReceivedAction = releaseReceivedOperation.action
export const requestReleaseAction = requestReleaseOperation.action
export const deleteReceivedAction = deleteReceivedOperation.action
export const undeleteReceivedAction = undeleteReceivedOperation.action
export const moveToInboxAction = moveToInboxOperation.action
