import { insertDeleted } from '#db/factories.ts'
import * as restore from '#lib/features/restore/operations.ts'
import type { Mailbox } from '#lib/mail-core/mailbox/port.ts'
import { applyRecords, ensureDays } from '#lib/mail-core/trace/store.ts'
import { taskList } from '#lib/worker.ts'
import type { Resources } from '../context.ts'
import { bindPhone } from './bind-phone.ts'
import { done, type House, type Person } from './house.ts'

interface Mass {
  mails: number
  client?: string | null
  messageId?: string
  size?: number
  /** Postgres interval. */
  ago: string
}

/** People who have deleted mail, and what becomes of it. */
export function lostMail(house: () => House) {
  let people = 0
  const list = async (person: Person, query: object = {}) => done(await person.call(restore.listDeletedOperation, query))
  return {
    async somebody(): Promise<Person> {
      const person = await house().person(`loser${++people}`)
      await bindPhone(house(), person.mailbox, `+861380013${1000 + people}`)
      return person
    },

    removed: ({ mailbox }: Person, subject: string, more: { folder?: string; deletedAgo?: string; size?: number } = {}) =>
      insertDeleted(house().db, { address: mailbox, subject, ...more }),

    list,
    subjects: async (person: Person, query: object = {}) => (await list(person, query)).mails.map(({ subject }) => subject),
    start: async (person: Person, what: object) => done(await person.call(restore.startRestoreOperation, what)).id,
    show: async (person: Person, id: string) => done(await person.call(restore.showRestoreOperation, { id })),

    /** What is not deleted. */
    async lying({ mailbox }: Person): Promise<string[]> {
      const rows = await house().owner`
        select folder, subject from mailbox_messages where address = ${mailbox} and deleted_at is null order by 1, 2`
      return rows.map(({ folder, subject }) => `${folder}: ${subject}`)
    },

    async notices({ mailbox }: Person) {
      const rows = await house()
        .owner`select kind, params -> 'values' as values from notices where mailbox = ${mailbox} order by created_at`
      return rows.map(({ kind, values }) => ({ kind, ...values }))
    },

    /** A worker's part in a restore, on a mailbox that a test may bend. */
    async run(person: Person, id: string, mailbox: Partial<Mailbox> = {}, on: Resources = house()): Promise<void> {
      const bent = { ...on, mail: { ...on.mail, mailbox: { ...on.mail.mailbox, ...mailbox } } }
      await taskList(bent)['restore.run']?.({ mailbox: person.mailbox, id }, {} as never)
    },

    /** One of the jobs that nobody asks for. */
    async repeat(task: string): Promise<void> {
      await taskList(house())[task]?.({}, {} as never)
    },

    /** What the mail log tells of many mails that went in one moment. */
    async deleteAtOnce({ mailbox }: Person, { mails, client = 'iPhone Mail', messageId, size = 10, ago }: Mass): Promise<void> {
      const { owner } = house()
      const [row] = await owner<{ at: Date }[]>`select now() - ${ago}::text::interval as at`
      const at = row?.at as Date
      const records = Array.from({ length: mails }, (_, serial) => ({
        ...{ kind: 'deletion' as const, mailbox, at, serial, protocol: 'imap' as const, size, ip: '203.0.113.9', client },
        messageId: messageId ?? `<${serial}@x.example>`,
      }))
      await ensureDays(owner, [at])
      await owner.begin((tx) => applyRecords(tx, records))
    },
  }
}
