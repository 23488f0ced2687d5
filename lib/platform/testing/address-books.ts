import * as contacts from '#lib/features/contacts/operations.ts'
import type { Card } from '#lib/features/contacts/schema.ts'
import type { AddressBook } from '#lib/mail-core/address-book/port.ts'
import { taskList } from '#lib/worker.ts'
import type { Resources } from '../context.ts'
import { done, type House, type Person } from './house.ts'

export const card = (name: string, more: Partial<Card> = {}): Card => ({
  ...{ name, emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] },
  ...more,
})

/** With one address, at work. */
export const withMail = (name: string, address: string, more: Partial<Card> = {}): Card =>
  card(name, { emails: [{ kind: 'work', address }], ...more })

export const HEADS = '姓名,电子邮件地址,手机,公司'

interface Wish {
  group?: string | null
  duplicates?: 'merge' | 'skip' | 'replace' | 'keep'
}

/** People with address books, and the files that they bring along. */
export function addressBooks(house: () => House) {
  let people = 0
  const upload = async (person: Person, text: string | Uint8Array, name = 'friends.csv') =>
    done(await person.call(contacts.uploadFileOperation, { name, content: Buffer.from(text).toString('base64') })).file
  const start = async (person: Person, texts: string[], { group = null, duplicates = 'merge' }: Wish = {}) => {
    const files = []
    for (const text of texts) files.push({ file: await upload(person, text), group })
    await house().forgetLimits()
    return done(await person.call(contacts.importFilesOperation, { files, duplicates })).id
  }
  const report = async (person: Person, id: string) => done(await person.call(contacts.showImportOperation, { id }))
  /** A worker's part, on an address book that a test may bend. */
  const run = async (person: Person, id: string, book: Partial<AddressBook> = {}, on: Resources = house()) => {
    const bent = { ...on, mail: { ...on.mail, addressBook: { ...on.mail.addressBook, ...book } } }
    await taskList(bent)['contacts.import']?.({ mailbox: person.mailbox, id }, {} as never)
  }
  return {
    upload,
    start,
    report,
    run,
    somebody: () => house().person(`friendly${++people}`),
    save: async (person: Person, what: Card, of: { id?: string; version?: string } = {}) =>
      done(await person.call(contacts.saveContactOperation, { ...of, card: what })),

    /** All of the address book, in its order. */
    all: async (person: Person) => done(await person.call(contacts.listContactsOperation, { limit: 100 })).contacts,
    names: async (person: Person, query: object = {}) =>
      done(await person.call(contacts.listContactsOperation, { limit: 100, ...query })).contacts.map(({ name }) => name),

    async bringIn(person: Person, texts: string[], wish: Wish = {}) {
      const id = await start(person, texts, wish)
      await run(person, id)
      return report(person, id)
    },

    async undo(person: Person, id: string) {
      done(await person.call(contacts.undoImportOperation, { id }))
      await run(person, id)
      return report(person, id)
    },

    /** Who let go of an import is given the time after which it goes on. */
    letWaitingGoOn: async () => void (await house().owner`update contact_imports set claimed_until = now()`),
  }
}
