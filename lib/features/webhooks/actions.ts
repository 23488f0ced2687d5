'use server'
import {
  changeWebhookOperation,
  createWebhookOperation,
  removeWebhookOperation,
  rotateWebhookOperation,
  switchWebhookOperation,
  testWebhookOperation,
} from './operations.ts'

export const changeWebhookAction = changeWebhookOperation.action
export const createWebhookAction = createWebhookOperation.action
export const removeWebhookAction = removeWebhookOperation.action
export const rotateWebhookAction = rotateWebhookOperation.action
export const switchWebhookAction = switchWebhookOperation.action
export const testWebhookAction = testWebhookOperation.action
