import { listDemoMessagesOperation } from './operations.ts'

export const loadDemoMessages = () => listDemoMessagesOperation.loadPublic({})
