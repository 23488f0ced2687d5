import type { z } from 'zod'
import type { AddressBook, Applied, Contact as Stored } from '#lib/mail-core/address-book/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import { readContactFile } from '#lib/platform/contact-files/read.ts'
import { ContactFileRefused } from '#lib/platform/contact-files/refusal.ts'
import { writeContactFile } from '#lib/platform/contact-files/write.ts'
import { leftOutRows } from '#lib/platform/contact-left-out.ts'
import { mergeCards } from '#lib/platform/contact-merge.ts'
import { allOf, type Duplicates, type Plan, planFile, samePeople } from '#lib/platform/contact-plan.ts'
import type { Context } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import type * as schema from './schema.ts'
import { MOST_BYTES, MOST_CONTACTS, MOST_FAULTS, MOST_GROUPS } from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

/** So many questions to the address book at once. */
const AT_ONCE = 20
const MOST_SETS = 50
const MOST_IN_A_SET = 20

export async function listContacts({ mail }: Context, input: Input<typeof schema.ListContacts>): Promise<schema.ContactList> {
  const { mailbox, text, group, ungrouped, after, limit } = input
  const query = { text, group: ungrouped ? null : group }
  try {
    const [page, count] = await Promise.all([
      mail.addressBook.list(mailbox, { ...query, limit, after }),
      mail.addressBook.count(mailbox, query),
    ])
    return { ...page, count }
  } catch (error) {
    if (after !== undefined && error instanceof MailCoreError && error.code === 'refused')
      throw new AppError('invalid_input', { fields: ['after'] })
    throw error
  }
}

export async function showContact({ mail }: Context, { mailbox, id }: Input<typeof schema.OneContact>): Promise<Stored> {
  const contact = await mail.addressBook.read(mailbox, id)
  if (!contact) throw new AppError('not_found')
  return contact
}

export async function saveContact({ mail }: Context, { mailbox, id, version, card }: Input<typeof schema.SaveContact>) {
  if (id === undefined) await expectRoom(mail.addressBook, mailbox, 1)
  const change =
    id === undefined ? ({ kind: 'create', id: crypto.randomUUID(), card } as const) : ({ kind: 'update', id, version, card } as const)
  return saved((await mail.addressBook.apply(mailbox, [change]))[0])
}

function saved(applied: Applied | undefined): { id: string; version: string } {
  if (applied?.outcome === 'conflict') throw new AppError('contact_changed')
  if (applied?.outcome !== 'done' || applied.version === null) throw new AppError('not_found')
  return { id: applied.id, version: applied.version }
}

/** For so many more at most; `exactly` is asked only where that might be too many. */
async function expectRoom(book: AddressBook, mailbox: AuthorizedMailbox, most: number, exactly = async () => most): Promise<void> {
  const now = await book.count(mailbox, {})
  if (now + most <= MOST_CONTACTS) return
  const over = now + (await exactly()) - MOST_CONTACTS
  if (over > 0) throw new AppError('contact_limit', { values: { most: MOST_CONTACTS, over } })
}

/** Those that are there, in the order of the ids. */
async function readEach(book: AddressBook, mailbox: AuthorizedMailbox, ids: string[]): Promise<Stored[]> {
  const found: Stored[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const contacts = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => book.read(mailbox, id)))
    found.push(...contacts.filter((contact) => contact !== null))
  }
  return found
}

const doneOf = (applied: Applied[]) => new Set(applied.filter(({ outcome }) => outcome === 'done').map(({ id }) => id))

export async function removeContacts({ mail }: Context, { mailbox, ids }: Input<typeof schema.ChooseContacts>): Promise<schema.Removed> {
  const found = await readEach(mail.addressBook, mailbox, ids)
  const changes = found.map(({ id, version }) => ({ kind: 'remove', id, version }) as const)
  const gone = doneOf(await mail.addressBook.apply(mailbox, changes))
  return { removed: found.filter(({ id }) => gone.has(id)), left: ids.length - gone.size }
}

/** Under their old ids, so that what is asked twice is there once. */
export async function putBackContacts({ mail }: Context, { mailbox, contacts }: Input<typeof schema.PutBackContacts>) {
  await expectRoom(mail.addressBook, mailbox, contacts.length)
  const changes = contacts.map(({ id, ...card }) => ({ kind: 'create', id, card }) as const)
  const back = doneOf(await mail.addressBook.apply(mailbox, changes))
  return { changed: back.size, left: contacts.length - back.size }
}

export async function groupContacts({ mail }: Context, { mailbox, ids, add, remove }: Input<typeof schema.GroupContacts>) {
  const found = await readEach(mail.addressBook, mailbox, ids)
  const changes = found.flatMap(({ id, version, ...card }) => {
    const groups = [...new Set([...card.groups.filter((name) => !remove.includes(name)), ...add])]
    return groups.length > MOST_GROUPS ? [] : { kind: 'update' as const, id, version, card: { ...card, groups } }
  })
  const changed = doneOf(await mail.addressBook.apply(mailbox, changes))
  return { changed: changed.size, left: ids.length - changed.size }
}

/** The others go only after the first one holds what all of them said. */
export async function mergeContacts({ mail }: Context, { mailbox, ids, versions, card }: Input<typeof schema.MergeContacts>) {
  const found = await readEach(mail.addressBook, mailbox, ids)
  const [first, ...others] = found
  if (!first || found.length < ids.length) throw new AppError('not_found')
  if (versions && found.some(({ version }, index) => version !== versions[index])) throw new AppError('contact_changed')
  const merged = saved((await mail.addressBook.apply(mailbox, [{ kind: 'update', id: first.id, version: first.version, card }]))[0])
  await mail.addressBook.apply(
    mailbox,
    others.map(({ id, version }) => ({ kind: 'remove', id, version })),
  )
  return merged
}

export async function listDuplicates({ mail }: Context, { mailbox }: Input<typeof schema.OnMailbox>): Promise<schema.DuplicateSets> {
  const sets = await samePeople(mail.addressBook.all(mailbox, {}))
  return {
    sets: sets.slice(0, MOST_SETS).map((all) => {
      const contacts = all.slice(0, MOST_IN_A_SET)
      return { contacts, merged: contacts.map(cardOnly).reduce((merged, card) => mergeCards(merged, card).card) }
    }),
    more: sets.length > MOST_SETS || sets.some(({ length }) => length > MOST_IN_A_SET),
  }
}

const cardOnly = ({ id: _id, version: _version, ...card }: Stored) => card

export async function listGroups({ mail }: Context, { mailbox }: Input<typeof schema.OnMailbox>): Promise<schema.GroupList> {
  const [groups, all, ungrouped] = await Promise.all([
    mail.addressBook.groups(mailbox),
    mail.addressBook.count(mailbox, {}),
    mail.addressBook.count(mailbox, { group: null }),
  ])
  return { groups, all, ungrouped }
}

export async function addGroup({ mail }: Context, { mailbox, name }: Input<typeof schema.OneGroup>) {
  await mail.addressBook.addGroup(mailbox, name)
  return { name }
}

export async function renameGroup({ mail }: Context, { mailbox, name, to }: Input<typeof schema.RenameGroup>) {
  await mail.addressBook.renameGroup(mailbox, name, to)
  return { name, to }
}

export async function exportContacts({ mail }: Context, input: Input<typeof schema.ExportContacts>): Promise<schema.Exported> {
  const { mailbox, format, group, ids } = input
  let count = 0
  async function* counted(batches: AsyncIterable<Stored[]>) {
    for await (const batch of batches) {
      count += batch.length
      yield batch.map(cardOnly)
    }
  }
  const chosen = ids ? [await readEach(mail.addressBook, mailbox, ids)] : mail.addressBook.all(mailbox, { group })
  const { bytes, suffix, mediaType } = await writeContactFile(counted(toAsync(chosen)), format)
  return { fileName: `${fileNameOf(group ?? 'contacts')}${suffix}`, mediaType, content: Buffer.from(bytes).toString('base64'), count }
}

async function* toAsync<T>(batches: Iterable<T> | AsyncIterable<T>): AsyncIterable<T> {
  yield* batches
}

/** What every file system takes. */
const fileNameOf = (name: string) => name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, '_')

export async function uploadFile({ db }: Context, { mailbox, name, content }: Input<typeof schema.UploadFile>) {
  const octets = Buffer.from(content, 'base64')
  if (octets.length > MOST_BYTES) throw new AppError('too_large', { values: { most: MOST_BYTES / 1_000_000 } })
  return { file: await store.insertFile(db, mailbox, name, octets) }
}

async function openFile({ db }: Context, mailbox: AuthorizedMailbox, { file, charset, mapping, heads }: schema.Reading & { file: string }) {
  const found = await store.fileOf(db, mailbox, file)
  if (!found) throw new AppError('not_found')
  const { name, content } = found
  try {
    const { rows, ...read } = await readContactFile(content, { name, charset, mapping, heads })
    return { name, bytes: content.length, ...read, rows: await allOf(rows) }
  } catch (error) {
    if (error instanceof ContactFileRefused) throw new AppError('contact_file_refused', { values: { kind: error.kind ?? error.code } })
    throw error
  }
}

type Opened = Awaited<ReturnType<typeof openFile>>

/** As if duplicates were merged: who is known is known whatever is done about it. */
function planOf({ mail }: Context, mailbox: AuthorizedMailbox, { rows }: Opened): Promise<Plan> {
  const good = rows.flatMap(({ row, card }) => (card ? [{ row, card }] : []))
  const how = { duplicates: 'merge', group: null } as const
  return planFile(good, mail.addressBook.all(mailbox, {}), how)
}

const FIRST = 5

export async function previewFile(context: Context, input: Input<typeof schema.PreviewFile>): Promise<schema.FilePreview> {
  const { mailbox, file } = input
  const opened = await openFile(context, mailbox, input)
  const { name, bytes, dialect, charset, certainty, readings, heads, columns, rows, proposedGroup } = opened
  const plan = await planOf(context, mailbox, opened)
  const repeated = new Set(plan.repeated)
  const faults = rows.flatMap(({ row, fault, text }) => {
    const why = fault ?? (repeated.has(row) ? 'repeated' : null)
    return why ? [{ row, fault: why, text }] : []
  })
  return {
    ...{ file, name, bytes, dialect, charset, certainty, readings, heads, columns, proposedGroup },
    rows: rows.length,
    first: rows.flatMap(({ card }) => card ?? []).slice(0, FIRST),
    fresh: plan.added,
    duplicates: plan.known,
    example: plan.example,
    faulty: faults.length,
    faults: faults.slice(0, MOST_FAULTS),
  }
}

/** What a file is read as is fixed here, so that it is read the same by whoever imports it. */
export async function importFiles(context: Context, { mailbox, files, duplicates }: Input<typeof schema.ImportFiles>) {
  const stored: store.StoredFile[] = []
  for (const { file: id, group, ...reading } of files) {
    const opened = await openFile(context, mailbox, { file: id, ...reading })
    const { name, charset, heads, columns, rows } = opened
    const found = { mapping: columns.map(({ field }) => field), columns: columns.map(({ head }) => head) }
    stored.push({ id, name, group, charset, heads, ...found, rows: rows.length, faulty: 0, faults: [] })
  }
  const total = stored.reduce((sum, { rows }) => sum + rows, 0)
  await expectRoom(context.mail.addressBook, mailbox, total, () => freshOf(context, mailbox, files, duplicates))
  const id = await store.insertImport(context.db, mailbox, { duplicates, files: stored })
  if (!id) throw new AppError('contact_import_running')
  context.audited.detail = { count: total, names: stored.map(({ name }) => name) }
  return { id }
}

async function freshOf(
  context: Context,
  mailbox: AuthorizedMailbox,
  files: Input<typeof schema.ImportFiles>['files'],
  duplicates: Duplicates,
) {
  let fresh = 0
  for (const { group: _, ...file } of files) {
    const { added, known } = await planOf(context, mailbox, await openFile(context, mailbox, file))
    fresh += duplicates === 'keep' ? added + known : added
  }
  return fresh
}

const MOST_IMPORTS = 20

export async function listImports({ db }: Context, { mailbox }: Input<typeof schema.OnMailbox>): Promise<schema.ImportList> {
  return { imports: (await store.importsOf(db, mailbox, MOST_IMPORTS)).map(toReport) }
}

export async function showImport({ db }: Context, { mailbox, id }: Input<typeof schema.OneImport>): Promise<schema.ImportReport> {
  return toReport(await importOf(db, mailbox, id))
}

async function importOf(db: Context['db'], mailbox: AuthorizedMailbox, id: string): Promise<store.Reported> {
  const found = await store.importOf(db, mailbox, id)
  if (!found) throw new AppError('not_found')
  return found
}

function toReport(of: store.Reported): schema.ImportReport {
  const { id, state, files, added, changed, skipped, faulty, kept, finishedAt } = of
  const undoing = state === 'undoing' || state === 'undone'
  return {
    ...{ id, state, added, changed, skipped, faulty, kept, finishedAt },
    files: files.map(({ name, group, rows, faulty, faults }) => ({ name, group, rows, faulty, faults })),
    total: undoing ? of.touched : of.total,
    done: undoing ? of.undone + kept : added + changed + skipped + faulty,
    waiting: of.failingSince !== null,
    startedAt: of.createdAt,
    undoUntil: of.undoUntil === null || undoing ? null : new Date(of.undoUntil),
  }
}

export async function leftOut({ db, request }: Context, { mailbox, id }: Input<typeof schema.OneImport>): Promise<schema.Exported> {
  const { files } = await importOf(db, mailbox, id)
  const rows = await store.leftOutOf(db, mailbox, id)
  const { bytes, fileName, mediaType } = leftOutRows(files, rows, request.locale)
  return { fileName, mediaType, content: Buffer.from(bytes).toString('base64'), count: rows.length }
}

export async function undoImport({ db }: Context, { mailbox, id }: Input<typeof schema.OneImport>) {
  await importOf(db, mailbox, id)
  const answer = await store.requestUndo(db, mailbox, id)
  if (answer === 'busy') throw new AppError('contact_import_running')
  if (answer === 'over') throw new AppError('contact_undo_over')
  return { id }
}
