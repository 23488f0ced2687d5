import { z } from 'zod'
import type { Applied, ContactCard, ContactChange } from '#lib/mail-core/address-book/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type ContactRow, readContactFile } from '#lib/platform/contact-files/read.ts'
import { allOf, cardOf, type Planned, planFile } from '#lib/platform/contact-plan.ts'
import type { Resources } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { MOST_FAULTS, Reading } from './schema.ts'
import * as store from './store.ts'

/** Where the address book has no transactions: so many go before it is written down how far the import is. */
const AT_ONCE = 100

/** Works on until all is there, or the address book does not answer: then it goes on later, where it was (F3, F5). */
async function runImport(on: Resources, mailbox: string, id: string): Promise<void> {
  const job = await store.claimImport(on.db, mailbox, id)
  if (!job) return
  try {
    await (job.state === 'undoing' ? undo(on, job) : bringIn(on, job))
  } catch (error) {
    // Whoever is away comes back; who says no says it again.
    const refused = error instanceof MailCoreError && error.code !== 'unreachable' && error.code !== 'timeout'
    log[error instanceof MailCoreError ? 'warn' : 'error']({ error, import: id }, 'an import did not go on')
    const left = await store.setAside(on.db, job)
    if (left && (left.over || refused)) await store.finishImport(on.db, left.job, 'failed')
  }
}

async function bringIn(on: Resources, claimed: store.Claimed): Promise<void> {
  let job: store.Claimed | undefined = claimed
  for (const [file, { id }] of claimed.files.entries()) {
    const content = await store.claimedFile(on.db, job, id)
    if (!content) throw new Error('the file of an import is gone')
    job = await bringInFile(on, job, file, content)
    if (!job) return
  }
  await store.finishImport(on.db, job, 'done')
}

/** As it was read when the import was asked for. */
async function readStored({ name, charset, heads, mapping }: store.StoredFile, content: Uint8Array): Promise<ContactRow[]> {
  const reading = Reading.parse({ charset, heads, mapping: mapping.length > 0 ? mapping : undefined })
  return allOf((await readContactFile(content, { name, ...reading })).rows)
}

async function bringInFile(on: Resources, claimed: store.Claimed, file: number, content: Uint8Array) {
  const stored = claimed.files[file] as store.StoredFile
  const read = await readStored(stored, content)
  let job: store.Claimed | undefined = claimed
  if (job.planned === file) job = await store.savePlan(on.db, job, await planOf(on, job, stored, read))
  const cards = new Map(read.flatMap(({ row, card }) => (card ? [[row, card] as const] : [])))
  while (job) {
    const planned = await store.rowsOf(on.db, job, 'planned', file, limitOf(on))
    if (planned.length === 0) break
    const changes = planned.map((each) => changeOf(each, cards, { ...stored, duplicates: claimed.duplicates }))
    const applied = await on.mail.addressBook.apply(job.mailbox, changes)
    job = await store.saveEnds(
      on.db,
      job,
      file,
      'planned',
      endsOf(planned, applied, { conflict: 'skipped', gone: 'skipped', done: 'done' }),
    )
  }
  return job
}

const limitOf = ({ mail }: Resources) => (mail.addressBook.transactional ? null : AT_ONCE)

async function planOf(
  { mail }: Resources,
  { mailbox, duplicates, files, planned: file }: store.Claimed,
  stored: store.StoredFile,
  read: ContactRow[],
) {
  const good = read.flatMap(({ row, card }) => (card ? [{ row, card }] : []))
  const plan = await planFile(good, mail.addressBook.all(mailbox, {}), { duplicates, group: stored.group })
  const repeated = new Set(plan.repeated)
  const leftOut = read.flatMap(({ row, fault, cells, text }) => {
    const why = fault ?? (repeated.has(row) ? 'repeated' : null)
    return why ? [{ row, fault: why, cells, text }] : []
  })
  const faults = leftOut.slice(0, MOST_FAULTS).map(({ row, fault, text }) => ({ row, fault, text }))
  const found = files.map((each, at) => (at === file ? { ...each, faulty: leftOut.length, faults } : each))
  return { rows: plan.rows, skipped: plan.skipped, leftOut, files: found }
}

function changeOf(
  planned: Planned,
  cards: Map<number, ContactCard>,
  how: Pick<store.Claimed, 'duplicates'> & { group: string | null },
): ContactChange {
  const card = cardOf(planned, cards, how)
  if (!card) throw new Error('a row of an import is gone')
  const { kind, contact: id, version } = planned
  return kind === 'add' ? { kind: 'create', id, card } : { kind: 'update', id, version: version ?? undefined, card }
}

/** Who was changed by another between plan and deed is left as is. */
function endsOf(planned: Planned[], applied: Applied[], ends: Record<Applied['outcome'], store.RowEnd['state']>): store.RowEnd[] {
  return planned.map(({ row, contact }, index) => {
    const end = applied[index] as Applied
    return { row, contact, state: ends[end.outcome], version: end.outcome === 'done' ? end.version : null }
  })
}

/** Takes back what nobody has changed since; the last file first, since it may have changed what an earlier one brought. */
async function undo(on: Resources, claimed: store.Claimed): Promise<void> {
  let job: store.Claimed | undefined = claimed
  for (let file = claimed.files.length - 1; file >= 0; file--) {
    while (job) {
      const done = await store.rowsOf(on.db, job, 'done', file, limitOf(on))
      if (done.length === 0) break
      const changes = done.map(({ contact: id, version, before }): ContactChange => {
        const of = { id, version: version ?? undefined }
        return before ? { kind: 'update', ...of, card: before } : { kind: 'remove', ...of }
      })
      const applied = await on.mail.addressBook.apply(job.mailbox, changes)
      job = await store.saveEnds(on.db, job, file, 'done', endsOf(done, applied, { done: 'undone', gone: 'undone', conflict: 'kept' }))
    }
    if (!job) return
  }
  if (job) await store.finishImport(on.db, job, 'undone')
}

const Run = z.object({ mailbox: z.string(), id: z.guid() })

export const contactJobs: Jobs = {
  tasks: {
    [store.RUN]: (payload, on) => {
      const { mailbox, id } = Run.parse(payload)
      return runImport(on, mailbox, id)
    },
    'contacts.resume': (_, { db }) => store.enqueueWaiting(db),
  },
  every: { 'contacts.resume': 5 },
}
