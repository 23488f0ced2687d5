import { insertContactFile, insertContactImport } from '#db/factories.ts'
import { confirmBindingOperation, startBindingOperation } from '#lib/features/phone/operations.ts'
import { randomToken } from '../crypto.ts'
import { insertLinks } from '../link-tokens.ts'
import { done, type House, type Person } from './house.ts'
import { codeTo } from './texts.ts'

export async function contactsOf({ db, mail }: House, name: string, mailbox: string) {
  const contact = crypto.randomUUID()
  await mail.addressBook.apply(mailbox, [{ kind: 'create', id: contact, card: cardOf(`contact of ${name}`) }])
  const contactFile = await insertContactFile(db, {
    mailbox,
    text: `Name,E-mail Address\nrow of ${name},row.of.${name}@elsewhere.example\n`,
  })
  const contactImport = await insertContactImport(db, { mailbox, text: `left out of ${name}` })
  return { contact, contactFile, contactImport }
}

export const cardOf = (name: string) => ({ name, emails: [], phones: [], addresses: [], urls: [], ims: [], groups: ['friends'] })

export async function tellOf({ db }: House, mailbox: string, heldMail: string) {
  const [releaseToken, unsubscribeToken] = [randomToken(), randomToken()]
  await insertLinks(db, [{ token: releaseToken, purpose: 'digest.release', mailbox, subject: heldMail }], '7 days')
  await insertLinks(db, [{ token: unsubscribeToken, purpose: 'digest.unsubscribe', mailbox }], '60 days')
  return { releaseToken, unsubscribeToken }
}

export async function changePhone(house: House, person: Person, old: string, number: string): Promise<string> {
  const { id: flow } = done(await person.call(startBindingOperation, { number }))
  const texts = await house.texts(person.mailbox)
  done(await person.call(confirmBindingOperation, { flow, code: codeTo(texts, number), oldCode: codeTo(texts, old) }))
  const told = (await house.texts(person.mailbox)).find(({ purpose }) => purpose === 'phone_changed')
  await house.forgetLimits()
  return /\/link\/([\w-]{43})/.exec(told?.body ?? '')?.[1] ?? ''
}

/** While a change cools off no new one can begin: this one began before. */
export async function flowUnderWay(house: House, person: Person, number: string) {
  const until = await house.owner`update phones set cooling_until = null where mailbox = ${person.mailbox} returning 1`
  if (until.length !== 1) throw new Error('no phone')
  const started = await person.call(startBindingOperation, { number })
  await house.owner`update phones set cooling_until = now() + interval '72 hours' where mailbox = ${person.mailbox}`
  return { flow: done(started).id, entry: started.reference }
}
