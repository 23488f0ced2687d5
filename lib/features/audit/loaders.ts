import { exportAuditOperation, listAuditOperation, showChainOperation, showEntryOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadAudit = (query: Record<string, string>) => listAuditOperation.load(query)
export const loadAuditExport = (query: Record<string, string>) => exportAuditOperation.load(query)
export const loadAuditEntry = (reference: string) => showEntryOperation.load({ reference })
export const loadChain = () => showChainOperation.load()
