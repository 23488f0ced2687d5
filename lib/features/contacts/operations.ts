import { operation } from '#lib/platform/operation.ts'
import { mayKeepContacts } from './policy.ts'
import * as schema from './schema.ts'
import * as service from './service.ts'

const policy = mayKeepContacts
/** These read a whole file, or the whole address book. */
const heavy = ({ mailbox }: { mailbox: string }) => [{ key: `contacts.heavy:${mailbox}`, limit: 60, per: '1 minute' }]

export const listContactsOperation = operation({
  name: 'contacts.list',
  summary: 'Contacts by pinyin and alphabet; search also by pinyin and its initials',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contacts',
  input: schema.ListContacts,
  output: schema.ContactList,
  policy,
  audit: () => ({}),
  run: service.listContacts,
})

export const showContactOperation = operation({
  name: 'contacts.show',
  summary: 'One contact',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contacts/{id}',
  input: schema.OneContact,
  output: schema.Contact,
  policy,
  audit: () => ({}),
  run: service.showContact,
})

export const saveContactOperation = operation({
  name: 'contacts.save',
  summary: 'Add a contact, or change one unless somebody else has changed it since',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contacts',
  input: schema.SaveContact,
  output: schema.Saved,
  policy,
  audit: ({ id }) => ({ kind: id ? 'change' : 'add' }),
  run: service.saveContact,
})

export const removeContactsOperation = operation({
  name: 'contacts.remove',
  summary: 'Delete contacts; the answer is what contacts.put-back takes',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contacts/remove',
  input: schema.ChooseContacts,
  output: schema.Removed,
  policy,
  audit: ({ ids }) => ({ count: ids.length }),
  run: service.removeContacts,
})

export const putBackContactsOperation = operation({
  name: 'contacts.put-back',
  summary: 'Put back contacts that were just deleted',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contacts/put-back',
  input: schema.PutBackContacts,
  output: schema.Changed,
  mostBytes: schema.MOST_UPLOADED,
  policy,
  audit: ({ contacts }) => ({ count: contacts.length }),
  run: service.putBackContacts,
})

export const groupContactsOperation = operation({
  name: 'contacts.group',
  summary: 'Put contacts into groups and take them out of groups',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contacts/groups',
  input: schema.GroupContacts,
  output: schema.Changed,
  policy,
  audit: ({ ids, add, remove }) => ({
    count: ids.length,
    kind: remove.length === 0 ? 'add' : add.length === 0 ? 'remove' : 'both',
    names: [...add, ...remove],
  }),
  run: service.groupContacts,
})

export const mergeContactsOperation = operation({
  name: 'contacts.merge',
  summary: 'Make one contact of several',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contacts/merge',
  input: schema.MergeContacts,
  output: schema.Saved,
  policy,
  audit: ({ ids }) => ({ count: ids.length }),
  run: service.mergeContacts,
})

export const listDuplicatesOperation = operation({
  name: 'contacts.duplicates',
  summary: 'Contacts that seem to be one person, and what would come of joining them',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-duplicates',
  input: schema.OnMailbox,
  output: schema.DuplicateSets,
  limits: heavy,
  policy,
  audit: () => ({}),
  run: service.listDuplicates,
})

export const listGroupsOperation = operation({
  name: 'contacts.list-groups',
  summary: 'The groups, with how many contacts are in each',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-groups',
  input: schema.OnMailbox,
  output: schema.GroupList,
  policy,
  audit: () => ({}),
  run: service.listGroups,
})

export const addGroupOperation = operation({
  name: 'contacts.add-group',
  summary: 'Make a group',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contact-groups',
  input: schema.OneGroup,
  output: schema.OneGroup.pick({ name: true }),
  policy,
  audit: ({ name }) => ({ name }),
  run: service.addGroup,
})

export const renameGroupOperation = operation({
  name: 'contacts.rename-group',
  summary: 'Give a group another name, join it with the group of that name, or dissolve it; its contacts stay',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contact-groups/rename',
  input: schema.RenameGroup,
  output: schema.RenameGroup.pick({ name: true, to: true }),
  policy,
  audit: ({ name, to }) => ({ name, kind: to === null ? 'dissolve' : 'rename', names: to === null ? [] : [to] }),
  run: service.renameGroup,
})

export const exportContactsOperation = operation({
  name: 'contacts.export',
  summary: 'Contacts as a file for another mail program; no cell of it is a formula',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-export',
  input: schema.ExportContacts,
  output: schema.Exported,
  limits: heavy,
  policy,
  audit: () => ({}),
  run: service.exportContacts,
})

export const uploadFileOperation = operation({
  name: 'contacts.upload',
  summary: 'Hand in a contact file, to be looked at and imported; it is kept for a day at most',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contact-files',
  input: schema.UploadFile,
  output: schema.Uploaded,
  mostBytes: schema.MOST_UPLOADED,
  perMinute: 30,
  policy,
  audit: ({ name }) => ({ name }),
  run: service.uploadFile,
})

export const previewFileOperation = operation({
  name: 'contacts.preview',
  summary: 'How a contact file is read, and what would come of it',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-files/{file}',
  input: schema.PreviewFile,
  output: schema.FilePreview,
  limits: heavy,
  policy,
  audit: () => ({}),
  run: service.previewFile,
})

export const importFilesOperation = operation({
  name: 'contacts.import',
  summary: 'Import contact files, each all or not at all; goes on by itself',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contact-imports',
  input: schema.ImportFiles,
  output: schema.ImportStarted,
  perMinute: 6,
  policy,
  audit: ({ files, duplicates }) => ({ count: files.length, duplicates }),
  run: service.importFiles,
})

export const listImportsOperation = operation({
  name: 'contacts.imports',
  summary: 'Imports of the last seven days, the newest first',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-imports',
  input: schema.OnMailbox,
  output: schema.ImportList,
  policy,
  audit: () => ({}),
  run: service.listImports,
})

export const showImportOperation = operation({
  name: 'contacts.import-report',
  summary: 'How far an import is, what came of it, and why rows were left out',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-imports/{id}',
  input: schema.OneImport,
  output: schema.ImportReport,
  policy,
  audit: () => ({}),
  run: service.showImport,
})

export const leftOutOperation = operation({
  name: 'contacts.left-out',
  summary: 'The rows that were left out, each with its reason, as a file to be mended and imported',
  method: 'GET',
  path: '/mailboxes/{mailbox}/contact-imports/{id}/left-out',
  input: schema.OneImport,
  output: schema.LeftOut,
  limits: heavy,
  policy,
  audit: () => ({}),
  run: service.leftOut,
})

export const undoImportOperation = operation({
  name: 'contacts.undo',
  summary: 'Take an import back within seven days; what was changed since stays',
  method: 'POST',
  path: '/mailboxes/{mailbox}/contact-imports/{id}/undo',
  input: schema.OneImport,
  output: schema.ImportStarted,
  policy,
  audit: ({ id }) => ({ id }),
  run: service.undoImport,
})
