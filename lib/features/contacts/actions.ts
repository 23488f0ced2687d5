'use server'
import {
  addGroupOperation,
  groupContactsOperation,
  importFilesOperation,
  mergeContactsOperation,
  previewFileOperation,
  putBackContactsOperation,
  removeContactsOperation,
  renameGroupOperation,
  saveContactOperation,
  undoImportOperation,
} from './operations.ts'

export const saveContactAction = saveContactOperation.action
export const removeContactsAction = removeContactsOperation.action
export const putBackContactsAction = putBackContactsOperation.action
export const groupContactsAction = groupContactsOperation.action
export const mergeContactsAction = mergeContactsOperation.action
export const addGroupAction = addGroupOperation.action
export const renameGroupAction = renameGroupOperation.action
export const previewFileAction = previewFileOperation.action
export const importFilesAction = importFilesOperation.action
export const undoImportAction = undoImportOperation.action
