import { z } from 'zod'
import { CHARSETS, COLUMN_FIELDS, DIALECTS, FILE_FORMATS, MOST_BYTES, MOST_COLUMNS, ROW_FAULTS } from '#lib/platform/contact-files/words.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export { CHARSETS, COLUMN_FIELDS, DIALECTS, MOST_BYTES, ROW_FAULTS }
export const MOST_CONTACTS = 20_000
/** Of an upload, in octets of JSON: Base64 makes four of three. What is a little too large gets an answer that says so. */
export const MOST_UPLOADED = 7_000_000
export const MOST_FILES = 10
/** Of a contact. */
export const MOST_GROUPS = 20
/** So many rows that are left out are told one by one; all of them are in the file of `contacts.left-out`. */
export const MOST_FAULTS = 50
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
/** A UUID, or the name of a server's resource. */
const ContactId = z.string().regex(/^[\w.@-]{1,200}$/)
const Version = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)
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
  groups: z.array(GroupName).max(MOST_GROUPS),
})

const filters = { text: filled(100).optional(), group: GroupName.optional(), ungrouped: z.literal('true').optional() }

export const ListContacts = z.object({
  mailbox: MailboxAddress,
  ...filters,
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^[\w-]{1,500}$/)
    .optional(),
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
export const MOST_CHOSEN = 200
const ids = z
  .array(ContactId)
  .min(1)
  .max(MOST_CHOSEN)
  .transform((list) => [...new Set(list)])
export const ChooseContacts = z.object({ mailbox: MailboxAddress, ids })
/** As `contacts.remove` gave them back; whoever is there again already is left as is. */
export const PutBackContacts = z.object({
  mailbox: MailboxAddress,
  contacts: z
    .array(Card.extend({ id: ContactId }))
    .min(1)
    .max(MOST_CHOSEN),
})
export const GroupContacts = ChooseContacts.extend({
  add: z.array(GroupName).max(MOST_GROUPS),
  remove: z.array(GroupName).max(MOST_GROUPS),
})
export const OneGroup = z.object({ mailbox: MailboxAddress, name: GroupName })
/** `to` null: the group goes, its contacts stay. */
export const RenameGroup = z.object({ mailbox: MailboxAddress, name: GroupName, to: GroupName.nullable() })
/** The first one becomes `card`, the others go. `versions` as they were read, in the order of `ids`: another one now is a conflict. */
export const MergeContacts = z
  .object({ mailbox: MailboxAddress, ids: z.array(ContactId).min(2).max(MOST_CHOSEN), versions: z.array(Version).optional(), card: Card })
  .refine(({ ids, versions }) => new Set(ids).size === ids.length && (!versions || versions.length === ids.length), { path: ['ids'] })

export const FORMATS = FILE_FORMATS
/** All of them, a group, or `ids` with commas between them. */
export const ExportContacts = z.object({
  mailbox: MailboxAddress,
  format: z.enum(FORMATS),
  group: GroupName.optional(),
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(ids)
    .optional(),
})

/** The fields of a card that a column can fill; kinds stand behind a dot: `phone.mobile`, `address.work.city`, `im.qq`. */
export const ColumnField = z.enum(COLUMN_FIELDS)
export const DUPLICATES = ['merge', 'skip', 'replace', 'keep'] as const

export const UploadFile = z.object({
  mailbox: MailboxAddress,
  name: filled(200),
  /** Base64. */
  content: z.base64().min(1).max(MOST_UPLOADED),
})
const Mapping = z.array(ColumnField.nullable()).min(1).max(MOST_COLUMNS)
/** Left out: as found. */
export const Reading = z.object({
  charset: z.enum(CHARSETS).optional(),
  /** Field by column, null: not imported; as many as the file has columns. */
  mapping: Mapping.optional(),
  /** Whether the first row names the columns. */
  heads: z.boolean().optional(),
})
const commas = z
  .string()
  .min(1)
  .max(8_000)
  .transform((text) => text.split(',').map((field) => field || null))
  .pipe(Mapping)
/** In an address, `mapping` has commas between its fields and nothing for what is not imported. */
export const PreviewFile = Reading.extend({
  mailbox: MailboxAddress,
  file: z.uuid(),
  mapping: z.union([Mapping, commas]).optional(),
  heads: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
})
export const ImportFiles = z.object({
  mailbox: MailboxAddress,
  files: z
    .array(Reading.extend({ file: z.uuid(), group: GroupName.nullable() }))
    .min(1)
    .max(MOST_FILES)
    .refine((files) => new Set(files.map(({ file }) => file)).size === files.length),
  duplicates: z.enum(DUPLICATES),
})
export const OnMailbox = z.object({ mailbox: MailboxAddress })
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
/** `left`: those that were changed meanwhile by another, are gone, or would be in too many groups; nothing was done to them. */
export const Changed = z.object({ changed: z.number().int(), left: z.number().int() })
/** `left`: how many of them were not there, or were changed meanwhile by another. */
export const Removed = z.object({ removed: z.array(Contact), left: z.number().int() })
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
export type Removed = z.infer<typeof Removed>
export type Exported = z.infer<typeof Exported>
export type ContactList = z.infer<typeof ContactList>
export type GroupList = z.infer<typeof GroupList>
export type DuplicateSets = z.infer<typeof DuplicateSets>
export type FilePreview = z.infer<typeof FilePreview>
export type ImportReport = z.infer<typeof ImportReport>
export type ImportList = z.infer<typeof ImportList>
