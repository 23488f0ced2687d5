import { insertAppPassword, insertDeleted, insertMessage, insertRecall, insertRestore, insertSenderRule } from '#db/factories.ts'
import { startResetOperation } from '#lib/features/reset/operations.ts'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { randomToken } from '../crypto.ts'
import { insertLinks } from '../link-tokens.ts'
import { fileRequest } from '../staff-requests.ts'
import { bindPhone } from './bind-phone.ts'
import { cardOf, changePhone, contactsOf, flowUnderWay, tellOf } from './furnishing.ts'
import { holdMail } from './hold-mail.ts'
import { anonymous, assertionFor, done, type House, type Person } from './house.ts'
import { sendMail } from './send-mail.ts'
import { furnishSite, SITE_EXAMPLES, type SiteBelongings } from './site-belongings.ts'

/** Somebody who has one of everything. */
export interface Belongings extends SiteBelongings {
  person: Person
  name: string
  session: string
  appPassword: string
  /** Held by the filter. */
  heldMail: string
  /** Deleted, and a restore under way. */
  deletedMail: string
  restore: string
  /** Handed in by this person's login, to somebody outside. */
  sentMail: string
  /** Of the links in a digest: releases the held mail, and stops digests. */
  releaseToken: string
  unsubscribeToken: string
  /** On the list of the blocked. */
  blocked: string
  contact: string
  /** A file that waits to be imported, and an import that is done. */
  contactFile: string
  contactImport: string
  /** Of a reset under way, in the browser that began it. */
  resetToken: string
  /** A binding under way. */
  flow: string
  /** Of a change that can still be cancelled. */
  cancelToken: string
  /** Of a link that gives an Apple profile. */
  profileToken: string
  number: string
  oldNumber: string
  /** Waits for the helpdesk. */
  request: string
  /** The reference of something in the audit. */
  entry: string
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
  const heldMail = await holdMail(house, { mailbox, subject: `held subject of ${name}`, from: `spammer.of.${name}@elsewhere.example` })
  const deletedMail = await insertDeleted(house.db, { address: mailbox, subject: `deleted subject of ${name}` })
  const restore = await insertRestore(house.db, { mailbox })
  const friend = `friend.of.${name}@elsewhere.example`
  const sentMail = await sendMail(house, { login: mailbox, to: [{ mailbox: friend }], subject: `sent subject of ${name}` })
  await insertRecall(house.db, { mailbox, traceId: sentMail, recipient: friend })
  const request = (await fileRequest(house.db, { mailbox, kind: 'message', about: { message: name }, words: `words of ${name}` })) ?? ''
  const digest = await tellOf(house, mailbox, heldMail)
  const blocked = `blocked.by.${name}@elsewhere.example`
  await insertSenderRule(house.db, { mailbox, sender: blocked, verdict: 'block' })
  const contacts = await contactsOf(house, name, mailbox)
  const session = done(await person.call(listSessionsOperation)).live[0]?.id ?? ''
  const { token: resetToken } = done(await startResetOperation.execute(anonymous(), { account: mailbox, by: 'pass' }, house))
  const profileToken = randomToken()
  const wanted = JSON.stringify({ name: `phone of ${name}`, days: 90, person: name })
  await insertLinks(house.db, [{ token: profileToken, purpose: 'client-setup.take-profile', mailbox, subject: wanted }], '10 minutes')
  const { flow, entry } = await flowUnderWay(house, person, next)
  await house.forgetLimits()
  return {
    person,
    name,
    profileToken,
    session,
    appPassword,
    heldMail,
    deletedMail,
    restore,
    sentMail,
    blocked,
    ...contacts,
    ...digest,
    resetToken,
    flow,
    cancelToken,
    number,
    oldNumber,
    request,
    entry,
    ...(await furnishSite(house, name, mailbox)),
  }
}

const outlookAsks = (address: string) =>
  `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`

/** A right input of every operation. A new operation adds its own here. */
export const EXAMPLES: Record<string, (of: Belongings) => Record<string, unknown>> = {
  'activity.export': () => ({}),
  'activity.list': () => ({ before: 1_000, limit: 10 }),
  'app-passwords.create': () => ({ name: 'Outlook', days: 90, protocols: ['imap', 'smtp'], sms: true }),
  'app-passwords.list': () => ({}),
  'app-passwords.revoke': ({ appPassword }) => ({ id: appPassword }),
  'app-passwords.revoke-all': () => ({}),
  'app-passwords.switch': () => ({ on: true }),
  'audit.chain': () => ({}),
  'audit.export': ({ person }) => ({ account: person.mailbox }),
  'audit.list': ({ person }) => ({ account: person.mailbox, actor: person.mailbox, from: '2026-01-01', before: 1_000_000, limit: 10 }),
  'audit.show': ({ entry }) => ({ reference: entry }),
  'audit.verify': () => ({}),
  'client-setup.autoconfig': ({ person }) => ({ address: person.mailbox }),
  'client-setup.autodiscover': ({ person }) => ({ body: outlookAsks(person.mailbox) }),
  'client-setup.autodiscover-url': ({ person }) => ({ address: person.mailbox, protocol: 'AutodiscoverV1' }),
  'client-setup.check': ({ name }) => ({ secret: `app password of ${name}` }),
  'client-setup.dns': () => ({}),
  'client-setup.offer-profile': ({ name }) => ({ name: `phone of ${name}`, days: 90 }),
  'client-setup.pacc': () => ({}),
  'client-setup.profile': () => ({}),
  'client-setup.show': () => ({}),
  'client-setup.take-profile': ({ profileToken }) => ({ token: profileToken }),
  'contacts.add-group': ({ name }) => ({ name: `group of ${name}` }),
  'contacts.duplicates': () => ({}),
  'contacts.export': () => ({ format: 'vcard' }),
  'contacts.group': ({ contact }) => ({ ids: [contact], add: ['colleagues'], remove: ['friends'] }),
  'contacts.import': ({ contactFile }) => ({ files: [{ file: contactFile, group: 'friends' }], duplicates: 'merge' }),
  'contacts.import-report': ({ contactImport }) => ({ id: contactImport }),
  'contacts.imports': () => ({}),
  'contacts.left-out': ({ contactImport }) => ({ id: contactImport }),
  'contacts.list': () => ({ limit: 10, text: 'contact' }),
  'contacts.list-groups': () => ({}),
  'contacts.merge': ({ contact, name }) => ({ ids: [contact, crypto.randomUUID()], card: cardOf(`merged by ${name}`) }),
  'contacts.preview': ({ contactFile }) => ({ file: contactFile, charset: 'utf-8', heads: true }),
  'contacts.put-back': ({ name }) => ({ contacts: [{ id: crypto.randomUUID(), ...cardOf(`put back by ${name}`) }] }),
  'contacts.remove': ({ contact }) => ({ ids: [contact] }),
  'contacts.rename-group': () => ({ name: 'nobody is in it', to: null }),
  'contacts.save': ({ contact, name }) => ({ id: contact, version: 'an old one', card: cardOf(`saved by ${name}`) }),
  'contacts.show': ({ contact }) => ({ id: contact }),
  'contacts.undo': ({ contactImport }) => ({ id: contactImport }),
  'contacts.upload': ({ name }) => ({ name: `file of ${name}.csv`, content: Buffer.from(`Name\n${name}`).toString('base64') }),
  'dashboard.drill': () => ({ figure: 'sign_ins', period: 'week', limit: 10 }),
  'dashboard.export': () => ({ period: 'day', from: '2026-11-23' }),
  'dashboard.show': () => ({ period: 'week' }),
  'dashboard.watch': () => ({}),
  'demo-phone.list': () => ({}),
  'digest.check-link': ({ releaseToken }) => ({ token: releaseToken }),
  'digest.follow-link': ({ releaseToken }) => ({ token: releaseToken }),
  'digest.set': () => ({ frequency: 'weekly', hour: 9, weekday: 5 }),
  'digest.show': () => ({}),
  'digest.unsubscribe': ({ unsubscribeToken }) => ({ token: unsubscribeToken }),
  'help.end-incident': () => ({ id: '00000000-0000-4000-8000-000000000000' }),
  'help.list-incidents': () => ({}),
  'help.prepare': () => ({}),
  'help.put-incident': () => ({
    ...{ id: '00000000-0000-4000-8000-000000000000', kind: 'stop' },
    ...{ titleZh: '发信停了', titleEn: 'Sending is down', bodyZh: '来信不受影响。', bodyEn: 'Mail still arrives.' },
    ...{ startsAt: '2026-11-25T08:00:00Z', endsAt: '2026-11-25T09:00:00Z' },
  }),
  'help.read': () => ({ slug: 'sign-in' }),
  'help.search': () => ({ text: 'spam' }),
  'help.set-contacts': () => ({
    ...{ hotlineZh: '校内6120', hotlineEn: '6120 on campus', hoursZh: '每天24小时', hoursEn: '24 hours a day' },
    ...{ mobile: '138 7100 6120', mail: 'service@yunling.example' },
  }),
  'help.show-contacts': () => ({}),
  'help.write': ({ name }) => ({
    ...{ topic: 'received', text: `a message of ${name}`, about: 'ph_abcdefgh23', page: '/received' },
    ...{ recent: ['ph_abcdefgh24'], browser: true },
  }),
  'helpdesk.account': () => ({}),
  'helpdesk.calls': () => ({}),
  'helpdesk.end-call': () => ({}),
  'helpdesk.request-phone-unbinding': () => ({}),
  'helpdesk.search': ({ name }) => ({ query: name }),
  'helpdesk.send-code': () => ({}),
  'helpdesk.unlock': () => ({}),
  'helpdesk.unmask': () => ({}),
  'helpdesk.verify': () => ({ method: 'document', document: { kind: 'passport', ending: '12AB' } }),
  'overview.show': () => ({}),
  'password.change': ({ name }) => ({ current: `the old one of ${name}`, next: `the new one of ${name}, a sentence` }),
  'password.make-recovery-codes': () => ({}),
  'password.settle': () => ({ change: '00000000-0000-4000-8000-000000000000' }),
  'password.show': () => ({}),
  'phone.cancel-change': ({ cancelToken }) => ({ token: cancelToken }),
  'phone.check-cancel-link': ({ cancelToken }) => ({ token: cancelToken }),
  'phone.confirm': ({ flow }) => ({ flow, code: '123456', oldCode: '654321' }),
  'phone.resend': ({ flow }) => ({ flow }),
  'phone.show': () => ({}),
  'phone.start': () => ({ number: '+8613900139000' }),
  'received.delete': ({ heldMail }) => ({ ids: [heldMail], block: false }),
  'received.list': () => ({ limit: 10, search: 'subject' }),
  'received.move-to-inbox': ({ heldMail }) => ({ id: heldMail }),
  'received.preview': ({ heldMail }) => ({ id: heldMail }),
  'received.preview-document': ({ heldMail }) => ({ id: heldMail }),
  'received.release': ({ heldMail }) => ({ ids: [heldMail], allow: false }),
  'received.request-release': ({ heldMail }) => ({ ids: [heldMail], reason: 'I know the sender' }),
  'received.show': ({ heldMail }) => ({ id: heldMail }),
  'received.undelete': ({ heldMail }) => ({ ids: [heldMail] }),
  'received.watch': () => ({}),
  'requests.comment': ({ request }) => ({ id: request, words: 'asked the sender' }),
  'requests.count': () => ({}),
  'requests.decide': ({ request }) => ({ id: request, decision: 'approve', words: 'as was asked' }),
  'requests.give-back': ({ request }) => ({ id: request }),
  'requests.list': () => ({ limit: 10, hours: 1_000, mine: false }),
  'requests.show': ({ request }) => ({ id: request }),
  'requests.take': ({ request }) => ({ id: request }),
  'requests.watch': () => ({}),
  'reset.choose': ({ resetToken }) => ({ token: resetToken, next: 'a sentence that nobody else has' }),
  'reset.issue-pass': () => ({}),
  'reset.prove': ({ resetToken }) => ({ token: resetToken, code: '12345678' }),
  'reset.resend': ({ resetToken }) => ({ token: resetToken }),
  'reset.send-code': () => ({ flow: '00000000-0000-4000-8000-000000000000' }),
  'reset.show': ({ resetToken }) => ({ token: resetToken }),
  'reset.start': ({ person }) => ({ account: person.mailbox, by: 'text' }),
  'reset.unlock': ({ resetToken }) => ({ token: resetToken }),
  'restore.count': () => ({ text: 'subject' }),
  'restore.list': () => ({ limit: 10, text: 'subject' }),
  'restore.show': ({ restore }) => ({ id: restore }),
  'restore.start': ({ deletedMail }) => ({ ids: [deletedMail] }),
  'restore.stop': ({ restore }) => ({ id: restore }),
  'sender-lists.check': ({ blocked }) => ({ sender: blocked }),
  'sender-lists.export': () => ({}),
  'sender-lists.import': ({ name }) => ({ file: fileOf(name), verdict: 'allow' }),
  'sender-lists.list': () => ({}),
  'sender-lists.preview': ({ name }) => ({ file: fileOf(name), verdict: 'allow' }),
  'sender-lists.put': ({ name }) => ({ senders: [`put.by.${name}@elsewhere.example`], verdict: 'block', expiresOn: '2030-01-01' }),
  'sender-lists.remove': ({ blocked }) => ({ senders: [blocked] }),
  'sent.finish-recall': () => ({ recall: '00000000-0000-4000-8000-000000000000' }),
  'sent.list': () => ({ limit: 10, search: 'subject' }),
  'sent.preview-recall': ({ sentMail }) => ({ id: sentMail }),
  'sent.recall': ({ sentMail }) => ({ id: sentMail }),
  'sent.show': ({ sentMail }) => ({ id: sentMail }),
  'sent.show-recall': ({ sentMail }) => ({ id: sentMail }),
  'sent.withdraw': () => ({ recall: '00000000-0000-4000-8000-000000000000' }),
  'settings.decide-role': () => ({ id: '00000000-0000-4000-8000-000000000000', decision: 'approve' }),
  'settings.propose-role': () => ({ role: 'auditor', group: 'mail-audit', reason: 'as agreed' }),
  'settings.revoke-role': () => ({ role: 'auditor', group: 'nobody', reason: 'as agreed' }),
  'settings.set': () => ({ changes: [{ name: 'SITE_NAME_EN', value: 'Mail', version: 999 }] }),
  'sso.end': ({ session }) => ({ id: session }),
  'sso.end-others': () => ({}),
  'sso.list': () => ({}),
  'sso.provider-logout': ({ name }) => ({ iss: 'https://id.yunling.example', idpSession: `idp-${name}`, sub: name }),
  'sso.review': ({ session }) => ({ id: session, mine: true }),
  'sso.sign-in': ({ name }) => ({ ...assertionFor(name), groups: ['students'], previousSid: 'x'.repeat(43) }),
  'sso.sign-out': () => ({}),
  ...SITE_EXAMPLES,
}

const fileOf = (name: string) => Buffer.from(`brought.by.${name}@elsewhere.example`).toString('base64')

/** With the mailbox named, where the operation has one. */
export function exampleOf({ name, input }: { name: string; input: unknown }, of: Belongings): Record<string, unknown> {
  const shape = (input as { shape?: object }).shape ?? {}
  const example = EXAMPLES[name] ?? (Object.keys(shape).length === 0 ? () => ({}) : undefined)
  if (!example) throw new Error(`testing/belongings.ts has no right input of ${name}`)
  return { ...('mailbox' in shape ? { mailbox: of.person.mailbox } : {}), ...example(of) }
}
