import { listWebhooksOperation } from './operations.ts'

export const loadWebhooks = () => listWebhooksOperation.load()
