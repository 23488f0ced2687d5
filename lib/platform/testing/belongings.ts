import { insertAppPassword, insertMessage } from '#db/factories.ts'
import { confirmBindingOperation, startBindingOperation } from '#lib/features/phone/operations.ts'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { bindPhone } from './bind-phone.ts'
import { assertionFor, done, type House, type Person } from './house.ts'
import { codeTo } from './texts.ts'

/** Somebody who has one of everything. */
export interface Belongings {
  person: Person
  name: string
  session: string
  appPassword: string
  /** A binding under way. */
  flow: string
  /** Of a change that can still be cancelled. */
  cancelToken: string
  number: string
  oldNumber: string
}

/** `serial` keeps numbers apart: two digits. */
export async function furnish(house: House, name: string, serial: number): Promise<Belongings> {
  const person = await house.person(name)
  const { mailbox } = person
  const [oldNumber, number, next] = [1, 2, 3].map((n) => `+8613${n}${serial}71${serial}0${n}`) as [string, string, string]
  await bindPhone(house, mailbox, oldNumber)
  const cancelToken = await changePhone(house, person, oldNumber, number)
  await insertMessage(house.db, { address: mailbox, subject: `subject of ${name}`, from: `sender.of.${name}@elsewhere.example` })
  const appPassword = await insertAppPassword(house.db, { mailbox, name: `password of ${name}`, expiresIn: '6 days', usedAgo: '1 hour' })
  const session = done(await person.call(listSessionsOperation)).live[0]?.id ?? ''
  const flow = await flowUnderWay(house, person, next)
  await house.forgetLimits()
  return { person, name, session, appPassword, flow, cancelToken, number, oldNumber }
}

async function changePhone(house: House, person: Person, old: string, number: string): Promise<string> {
  const { id: flow } = done(await person.call(startBindingOperation, { number }))
  const texts = await house.texts(person.mailbox)
  done(await person.call(confirmBindingOperation, { flow, code: codeTo(texts, number), oldCode: codeTo(texts, old) }))
  const told = (await house.texts(person.mailbox)).find(({ purpose }) => purpose === 'phone_changed')
  await house.forgetLimits()
  return /\/link\/([\w-]{43})/.exec(told?.body ?? '')?.[1] ?? ''
}

/** While a change cools off no new one can begin: this one began before. */
async function flowUnderWay(house: House, person: Person, number: string): Promise<string> {
  const until = await house.owner`update phones set cooling_until = null where mailbox = ${person.mailbox} returning 1`
  if (until.length !== 1) throw new Error('no phone')
  const { id } = done(await person.call(startBindingOperation, { number }))
  await house.owner`update phones set cooling_until = now() + interval '72 hours' where mailbox = ${person.mailbox}`
  return id
}

/** A right input of every operation. A new operation adds its own here. */
export const EXAMPLES: Record<string, (of: Belongings) => Record<string, unknown>> = {
  'activity.export': () => ({}),
  'activity.list': () => ({ before: 1_000, limit: 10 }),
  'app-passwords.create': () => ({ name: 'Outlook', days: 90, protocols: ['imap', 'smtp'], sms: true }),
  'app-passwords.list': () => ({}),
  'app-passwords.revoke': ({ appPassword }) => ({ id: appPassword }),
  'app-passwords.revoke-all': () => ({}),
  'app-passwords.switch': () => ({ on: true }),
  'demo-phone.list': () => ({}),
  'overview.show': () => ({}),
  'phone.cancel-change': ({ cancelToken }) => ({ token: cancelToken }),
  'phone.check-cancel-link': ({ cancelToken }) => ({ token: cancelToken }),
  'phone.confirm': ({ flow }) => ({ flow, code: '123456', oldCode: '654321' }),
  'phone.resend': ({ flow }) => ({ flow }),
  'phone.show': () => ({}),
  'phone.start': () => ({ number: '+8613900139000' }),
  'sso.end': ({ session }) => ({ id: session }),
  'sso.end-others': () => ({}),
  'sso.list': () => ({}),
  'sso.provider-logout': ({ name }) => ({ iss: 'https://id.yunling.example', idpSession: `idp-${name}`, sub: name }),
  'sso.review': ({ session }) => ({ id: session, mine: true }),
  'sso.sign-in': ({ name }) => ({ ...assertionFor(name), groups: ['students'], previousSid: 'x'.repeat(43) }),
  'sso.sign-out': () => ({}),
}

/** With the mailbox named, where the operation has one. */
export function exampleOf({ name, input }: { name: string; input: unknown }, of: Belongings): Record<string, unknown> {
  const example = EXAMPLES[name]
  if (!example) throw new Error(`testing/belongings.ts has no right input of ${name}`)
  const shape = (input as { shape?: object }).shape ?? {}
  return { ...('mailbox' in shape ? { mailbox: of.person.mailbox } : {}), ...example(of) }
}
