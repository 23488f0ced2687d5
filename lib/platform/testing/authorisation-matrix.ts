import { ROLES } from '../actor.ts'
import type { Scope } from '../scopes.ts'
import { DESK_ROLES } from '../staff.ts'

export const WHO = ['anonymous', 'user', ...ROLES, 'apiKey', 'system'] as const
export type Who = (typeof WHO)[number]

export interface Expected {
  /** Who may do it to a mailbox of their own (or to none). */
  own: Who[]
  /** Who may do it to somebody else's. */
  foreign: Who[]
  /** And once they have verified the caller: staff do. */
  verified?: Who[]
  /** Asks for a sign-in within the last 10 minutes. */
  stepUp?: true
}

/** Staff are people with a mailbox, too. */
const PEOPLE: Who[] = ['user', ...ROLES]
const OWNER: Expected = { own: PEOPLE, foreign: [] }
const OWNER_FRESH: Expected = { ...OWNER, stepUp: true }
/** The helpdesk. At a colleague's mailbox it may nothing. */
export const DESK: Who[] = [...DESK_ROLES]
const OWNER_AND_DESK: Expected = { ...OWNER, verified: DESK }
/** Steps before the verification, and requests that the owner made in the portal. */
const ONLY_DESK: Expected = { own: [], foreign: DESK }
/** What another system may see and do in the queue, for a key that was given that. */
const DESK_AND_KEY: Expected = { own: ['apiKey'], foreign: [...DESK, 'apiKey'] }
const ADMIN: Expected = { own: ['admin'], foreign: ['admin'] }
const ADMIN_FRESH: Expected = { ...ADMIN, stepUp: true }
const STAFF: Expected = { own: [...ROLES, 'apiKey'], foreign: [...ROLES, 'apiKey'] }
const AUDITOR: Expected = { own: ['auditor'], foreign: ['auditor'] }
const ANYBODY: Expected = { own: [...WHO], foreign: [...WHO] }

/** Who may do what. A new operation is written down here, or the suite fails. */
export const MATRIX: Record<string, Expected> = {
  'activity.export': OWNER,
  'activity.list': OWNER_AND_DESK,
  'app-passwords.create': OWNER_FRESH,
  'app-passwords.list': OWNER_AND_DESK,
  'app-passwords.revoke': OWNER_AND_DESK,
  'app-passwords.revoke-all': OWNER_AND_DESK,
  'app-passwords.switch': { ...OWNER_FRESH },
  'audit.chain': AUDITOR,
  'audit.export': AUDITOR,
  'audit.list': AUDITOR,
  'audit.show': AUDITOR,
  'audit.verify': AUDITOR,
  'client-setup.autoconfig': ANYBODY,
  'client-setup.autodiscover': ANYBODY,
  'client-setup.autodiscover-url': ANYBODY,
  'client-setup.check': OWNER,
  'client-setup.dns': ADMIN,
  'client-setup.offer-profile': OWNER_FRESH,
  'client-setup.pacc': ANYBODY,
  'client-setup.profile': OWNER,
  'client-setup.show': OWNER,
  'client-setup.take-profile': ANYBODY,
  'contacts.add-group': OWNER,
  'contacts.duplicates': OWNER,
  'contacts.export': OWNER,
  'contacts.group': OWNER,
  'contacts.import': OWNER,
  'contacts.import-report': OWNER,
  'contacts.imports': OWNER,
  'contacts.left-out': OWNER,
  'contacts.list': OWNER,
  'contacts.list-groups': OWNER,
  'contacts.merge': OWNER,
  'contacts.preview': OWNER,
  'contacts.put-back': OWNER,
  'contacts.remove': OWNER,
  'contacts.rename-group': OWNER,
  'contacts.save': OWNER,
  'contacts.show': OWNER,
  'contacts.undo': OWNER,
  'contacts.upload': OWNER,
  'dashboard.drill': STAFF,
  'dashboard.export': STAFF,
  'dashboard.show': { own: [...ROLES, 'apiKey', 'system'], foreign: [...ROLES, 'apiKey', 'system'] },
  'dashboard.watch': { own: [...ROLES], foreign: [...ROLES] },
  'demo-phone.list': ANYBODY,
  'digest.check-link': ANYBODY,
  'digest.follow-link': ANYBODY,
  'digest.set': OWNER,
  'digest.show': OWNER,
  'digest.unsubscribe': ANYBODY,
  'help.end-incident': ADMIN,
  'help.list-announcements': ADMIN,
  'help.list-incidents': ANYBODY,
  'help.prepare': OWNER,
  'help.put-incident': ADMIN,
  'help.read': ANYBODY,
  'help.search': ANYBODY,
  'help.set-contacts': ADMIN_FRESH,
  'help.show-contacts': ANYBODY,
  'help.write': OWNER,
  'helpdesk.account': ONLY_DESK,
  'helpdesk.calls': { own: DESK, foreign: DESK },
  'helpdesk.end-call': ONLY_DESK,
  'helpdesk.request-phone-unbinding': { own: [], foreign: [], verified: DESK },
  'helpdesk.search': { own: [...DESK, 'apiKey'], foreign: [...DESK, 'apiKey'] },
  'helpdesk.send-code': ONLY_DESK,
  'helpdesk.unlock': { own: [], foreign: [], verified: DESK },
  'helpdesk.unmask': { own: [], foreign: ['supervisor'], stepUp: true },
  'helpdesk.verify': ONLY_DESK,
  'overview.show': OWNER,
  'password.change': OWNER_FRESH,
  'password.make-recovery-codes': OWNER_FRESH,
  'password.settle': { own: ['system'], foreign: ['system'] },
  'password.show': OWNER,
  'phone.cancel-change': ANYBODY,
  'phone.check-cancel-link': ANYBODY,
  'phone.confirm': OWNER_FRESH,
  'phone.resend': OWNER_FRESH,
  'phone.show': OWNER,
  'phone.start': OWNER_FRESH,
  'received.delete': OWNER,
  'received.list': OWNER_AND_DESK,
  'received.move-to-inbox': OWNER,
  'received.preview': OWNER,
  'received.preview-document': OWNER,
  'received.release': OWNER_AND_DESK,
  'received.request-release': OWNER,
  'received.show': OWNER_AND_DESK,
  'received.undelete': OWNER,
  'received.watch': OWNER,
  'requests.comment': DESK_AND_KEY,
  'requests.count': { own: [...DESK, 'apiKey'], foreign: [...DESK, 'apiKey'] },
  'requests.decide': { ...ONLY_DESK, stepUp: true },
  'requests.give-back': DESK_AND_KEY,
  'requests.list': { own: [...DESK, 'apiKey'], foreign: [...DESK, 'apiKey'] },
  'requests.show': DESK_AND_KEY,
  'requests.take': DESK_AND_KEY,
  'requests.watch': { own: DESK, foreign: DESK },
  'reset.choose': ANYBODY,
  'reset.issue-pass': { own: [], foreign: [], verified: DESK, stepUp: true },
  'reset.prove': ANYBODY,
  'reset.resend': ANYBODY,
  'reset.send-code': { own: ['system'], foreign: ['system'] },
  'reset.show': ANYBODY,
  'reset.start': ANYBODY,
  'reset.unlock': ANYBODY,
  'restore.count': OWNER_AND_DESK,
  'restore.list': OWNER_AND_DESK,
  'restore.show': OWNER_AND_DESK,
  'restore.start': { ...OWNER_AND_DESK, stepUp: true },
  'restore.stop': OWNER_AND_DESK,
  'sender-lists.check': OWNER,
  'sender-lists.export': OWNER,
  'sender-lists.import': OWNER,
  'sender-lists.list': OWNER,
  'sender-lists.preview': OWNER,
  'sender-lists.put': OWNER,
  'sender-lists.remove': OWNER,
  'sent.finish-recall': { own: ['system'], foreign: ['system'] },
  'sent.list': OWNER_AND_DESK,
  'sent.preview-recall': OWNER,
  'sent.recall': OWNER_FRESH,
  'sent.show': OWNER_AND_DESK,
  'sent.show-recall': OWNER,
  'sent.withdraw': { own: ['system'], foreign: ['system'] },
  'settings.decide-role': { ...ADMIN, stepUp: true },
  'settings.list-roles': ADMIN,
  'settings.propose-role': { ...ADMIN, stepUp: true },
  'settings.revoke-role': { ...ADMIN, stepUp: true },
  'settings.set': { ...ADMIN, stepUp: true },
  'settings.show': ADMIN,
  'sso.end': OWNER_AND_DESK,
  'sso.end-others': OWNER_AND_DESK,
  'sso.list': OWNER_AND_DESK,
  'sso.provider-logout': { own: ['system'], foreign: ['system'] },
  'sso.review': OWNER,
  'sso.sign-in': { own: ['anonymous'], foreign: ['anonymous'] },
  'sso.sign-out': OWNER,
  'tokens.create': ADMIN_FRESH,
  'tokens.list': ADMIN,
  'tokens.revoke': ADMIN,
  'webhooks.change': ADMIN_FRESH,
  'webhooks.create': ADMIN_FRESH,
  'webhooks.deliveries': ADMIN,
  'webhooks.list': ADMIN,
  'webhooks.remove': ADMIN_FRESH,
  'webhooks.rotate': ADMIN_FRESH,
  'webhooks.switch': ADMIN_FRESH,
  'webhooks.test': ADMIN,
}

/** What a key of each scope opens, besides what is open to everybody. */
export const BY_SCOPE: Record<Scope, string[]> = {
  figures: ['dashboard.drill', 'dashboard.export', 'dashboard.show'],
  'requests.read': ['requests.count', 'requests.list', 'requests.show'],
  'requests.work': ['requests.comment', 'requests.give-back', 'requests.take'],
  'accounts.search': ['helpdesk.search'],
}
