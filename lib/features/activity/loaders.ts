import { exportActivityOperation, listActivityOperation } from './operations.ts'

export const loadActivity = () => listActivityOperation.load()
export const loadActivityExport = () => exportActivityOperation.load()
