import { exportSendersOperation, listSendersOperation } from './operations.ts'

export const loadSenderLists = () => listSendersOperation.load()
export const loadSenderExport = () => exportSendersOperation.load()
