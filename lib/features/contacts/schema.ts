import { z } from 'zod'
import { CHARSETS, COLUMN_FIELDS, DIALECTS, MOST_BYTES, ROW_FAULTS } from '#lib/platform/contact-files/words.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export { CHARSETS, DIALECTS, MOST_BYTES, MOST_ROWS, ROW_FAULTS } from '#lib/platform/contact-files/words.ts'

export const MOST_CONTACTS = 20_000
export const MOST_FILES = 10
/** For so long an import can be undone. */
export const UNDO_DAYS = 7

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u))
const words = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u))
const filled = (most: number) => line(most).pipe(z.string().min(1))
export const GroupName = filled(60)
const ContactId = z.string().regex(/^[\w.@-]{1,200}$/)
const Version = z.string().min(1).max(200)
const PartialDate = z.string().regex(/^(\d{4}|-)-\d{2}-\d{2}$/)

export const Card = z.object({
  name: filled(200),
  familyName: line(100).optional(),
  givenName: line(100).optional(),
  middleName: line(100).optional(),
  prefix: line(60).optional(),
  suffix: line(60).optional(),
  nickname: line(100).optional(),
  emails: z.array(z.object({ kind: z.enum(['work', 'home', 'other']), address: filled(320) })).max(20),
  phones: z
    .array(z.object({ kind: z.enum(['mobile', 'work', 'home', 'work_fax', 'home_fax', 'pager', 'other']), number: filled(60) }))
    .max(20),
  organisation: line(200).optional(),
  department: line(200).optional(),
  title: line(200).optional(),
  addresses: z
    .array(
      z.object({
        kind: z.enum(['work', 'home', 'other']),
        street: words(400),
        city: line(100),
        region: line(100),
        postcode: line(40),
        country: line(100),
      }),
    )
    .max(5),
  urls: z.array(z.object({ kind: z.enum(['work', 'home', 'other']), url: filled(500) })).max(10),
  ims: z.array(z.object({ service: filled(40), handle: filled(100) })).max(10),
  birthday: PartialDate.optional(),
  anniversary: PartialDate.optional(),
  gender: z.enum(['male', 'female']).optional(),
  note: words(4_000).optional(),
  groups: z.array(GroupName).max(20),
})

const filters = { text: line(100).optional(), group: GroupName.optional(), ungrouped: z.literal('true').optional() }

export const ListContacts = z.object({
  mailbox: MailboxAddress,
  ...filters,
  after: z.string().max(500).optional(),
  limit: wholeNumber({ min: 1, max: 100 }).default(50),
})
export const OneContact = z.object({ mailbox: MailboxAddress, id: ContactId })
export const SaveContact = z.object({
  mailbox: MailboxAddress,
  /** Left out: a new one. */
  id: ContactId.optional(),
  /** As it was read; another one now is a conflict. */
  version: Version.optional(),
  card: Card,
})
export const ChooseContacts = z.object({ mailbox: MailboxAddress, ids: z.array(ContactId).min(1).max(200) })
export const GroupContacts = ChooseContacts.extend({ add: z.array(GroupName).max(20), remove: z.array(GroupName).max(20) })
export const OneGroup = z.object({ mailbox: MailboxAddress, name: GroupName })
/** `to` null: the group goes, its contacts stay. */
export const RenameGroup = z.object({ mailbox: MailboxAddress, name: GroupName, to: GroupName.nullable() })
export const MergeContacts = ChooseContacts.extend({ card: Card })

export const FORMATS = ['foxmail', 'outlook', 'google', 'vcard'] as const
export const ExportContacts = z.object({ mailbox: MailboxAddress, format: z.enum(FORMATS), group: GroupName.optional() })

/** The fields of a card that a column can fill; kinds stand behind a dot: `phone.mobile`, `address.work.city`, `im.qq`. */
export const ColumnField = z.enum(COLUMN_FIELDS)
export const DUPLICATES = ['merge', 'skip', 'replace', 'keep'] as const

export const UploadFile = z.object({
  mailbox: MailboxAddress,
  name: filled(200),
  /** Base64. */
  content: z.base64().max(Math.ceil(MOST_BYTES / 3) * 4 + 4),
})
/** Left out: as found. */
export const Reading = z.object({
  charset: z.enum(CHARSETS).optional(),
  /** Field by column, null: not imported; as many as the file has columns. */
  mapping: z.array(ColumnField.nullable()).max(300).optional(),
  /** What the first row is. */
  heads: z.boolean().optional(),
})
export const PreviewFile = Reading.extend({ mailbox: MailboxAddress, file: z.uuid() })
export const ImportFiles = z.object({
  mailbox: MailboxAddress,
  files: z
    .array(Reading.extend({ file: z.uuid(), group: GroupName.nullable() }))
    .min(1)
    .max(MOST_FILES),
  duplicates: z.enum(DUPLICATES),
})
export const OneImport = z.object({ mailbox: MailboxAddress, id: z.uuid() })

export type Card = z.infer<typeof Card>
export type Reading = z.infer<typeof Reading>
export type Duplicates = (typeof DUPLICATES)[number]
export type Format = (typeof FORMATS)[number]

export const Contact = Card.extend({ id: z.string(), version: z.string() })
export const ContactList = z.object({
  contacts: z.array(Contact),
  next: z.string().nullable(),
  /** Of this search. */
  count: z.number().int(),
})
export const GroupList = z.object({
  groups: z.array(z.object({ name: z.string(), count: z.number().int() })),
  all: z.number().int(),
  ungrouped: z.number().int(),
})
export const Saved = z.object({ id: z.string(), version: z.string() })
/** `left`: those that were changed meanwhile by another, or are gone; nothing was done to them. */
export const Changed = z.object({ changed: z.number().int(), left: z.number().int() })
/** Contacts that seem to be one person: the same address, the same phone, or the same name and employer. */
export const DuplicateSets = z.object({ sets: z.array(z.object({ contacts: z.array(Contact), merged: Card })), more: z.boolean() })
export const Exported = z.object({ fileName: z.string(), mediaType: z.string(), content: z.base64(), count: z.number().int() })

export const Uploaded = z.object({ file: z.uuid() })
export const FilePreview = z.object({
  file: z.uuid(),
  name: z.string(),
  bytes: z.number().int(),
  dialect: z.enum(DIALECTS),
  /** What the file was read in, and how sure that is: said by the file itself, the only one that fits, or a guess. */
  charset: z.enum(CHARSETS),
  certainty: z.enum(['said', 'only', 'guess']),
  /** A telling piece of text as each charset would read it. */
  readings: z.array(z.object({ charset: z.enum(CHARSETS), sample: z.string() })),
  heads: z.boolean(),
  columns: z.array(z.object({ head: z.string(), field: ColumnField.nullable(), samples: z.array(z.string()), empty: z.boolean() })),
  rows: z.number().int(),
  /** From the file's name, or from a column of groups. */
  proposedGroup: z.string().nullable(),
  /** The first rows as contacts. */
  first: z.array(Card),
  /** What would come of it, by how duplicates are dealt with. */
  fresh: z.number().int(),
  duplicates: z.number().int(),
  /** One of them, as example: what is there, and the fields that a merge would fill. */
  example: z.object({ name: z.string(), fills: z.array(z.string()) }).nullable(),
  faulty: z.number().int(),
  faults: z.array(z.object({ row: z.number().int(), fault: z.enum(ROW_FAULTS), text: z.string() })),
})
export const ImportStarted = z.object({ id: z.uuid() })
export const IMPORT_STATES = ['queued', 'running', 'done', 'failed', 'undoing', 'undone'] as const
export const ImportReport = z.object({
  id: z.uuid(),
  state: z.enum(IMPORT_STATES),
  files: z.array(
    z.object({
      name: z.string(),
      group: z.string().nullable(),
      rows: z.number().int(),
      faults: z.array(z.object({ row: z.number().int(), fault: z.enum(ROW_FAULTS), text: z.string() })),
      faulty: z.number().int(),
    }),
  ),
  total: z.number().int(),
  done: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  skipped: z.number().int(),
  faulty: z.number().int(),
  /** After an undo: how many stay as they are because they were changed since. */
  kept: z.number().int(),
  /** The address book does not answer just now. */
  waiting: z.boolean(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  undoUntil: z.date().nullable(),
})
export const ImportList = z.object({ imports: z.array(ImportReport) })
/** The rows that were left out, as a file to be mended and imported. */
export const LeftOut = Exported

export type Contact = z.infer<typeof Contact>
export type ContactList = z.infer<typeof ContactList>
export type GroupList = z.infer<typeof GroupList>
export type DuplicateSets = z.infer<typeof DuplicateSets>
export type FilePreview = z.infer<typeof FilePreview>
export type ImportReport = z.infer<typeof ImportReport>
