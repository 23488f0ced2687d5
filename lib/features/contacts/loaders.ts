import {
  exportContactsOperation,
  leftOutOperation,
  listContactsOperation,
  listDuplicatesOperation,
  listGroupsOperation,
  listImportsOperation,
  previewFileOperation,
  showImportOperation,
} from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadContacts = (query: Record<string, string>) => listContactsOperation.load(query)
export const loadContactGroups = () => listGroupsOperation.load()
export const loadDuplicates = () => listDuplicatesOperation.load()
export const loadContactsExport = (query: Record<string, string>) => exportContactsOperation.load(query)
export const loadFilePreview = (file: string) => previewFileOperation.load({ file })
export const loadImports = () => listImportsOperation.load()
export const loadImport = (id: string) => showImportOperation.load({ id })
export const loadLeftOut = (id: string) => leftOutOperation.load({ id })
