/** What is counted: how often something happened in an hour. */
export const COUNTED = [
  'sign_ins',
  'reset_started',
  'reset_sent',
  'reset_proved',
  'reset_chosen',
  'reset_finished',
  'reset_stopped',
  'codes_sent',
  'codes_confirmed',
  'texts',
  'texts_delivered',
  'texts_failed',
  'texts_cost',
  'app_passwords_made',
  'phones_bound',
  'held',
  'released',
  'restored',
  'recalled',
  'helpdesk_actions',
  'self_service',
  'component_checks',
  'component_failures',
] as const

/** What is looked at: how many there were when the worker looked last in an hour. */
export const MEASURED = ['accounts_locked', 'accounts_idle'] as const

/**
 * Every figure. Its dimension: a country (ISO 3166, `ZZ` unknown) of `texts…`, a verdict of `held` and `released`, an operation of
 * `helpdesk_actions` and `self_service`, `step.reason` of `reset_stopped`, a component of `component_…`; otherwise empty.
 * `texts_cost` is in millionths of the currency.
 */
export const FIGURES = [...COUNTED, ...MEASURED] as const

export type Counted = (typeof COUNTED)[number]
export type Figure = (typeof FIGURES)[number]

/** An operation that was done counts here, by whomever. `proof`: only with that proof in its detail. */
export const OF_OPERATION: { operation: string; figure: Counted; proof?: string }[] = [
  { operation: 'sso.sign-in', figure: 'sign_ins' },
  { operation: 'app-passwords.create', figure: 'app_passwords_made' },
  { operation: 'phone.confirm', figure: 'phones_bound' },
  { operation: 'phone.confirm', figure: 'codes_confirmed' },
  { operation: 'reset.prove', figure: 'codes_confirmed', proof: 'text' },
]

/** What staff did for others, of an audit row. An auditor's looks help nobody. */
export const OF_HELPDESK = "actor_kind = 'staff' and mailbox <> actor_id and operation not like 'audit.%'"

/**
 * What a person finishes here that would otherwise have been a call: each counts as one call saved when the owner did it, and as none
 * when staff did it for them.
 */
export const SAVES_A_CALL = [
  ...['reset.choose', 'reset.unlock', 'phone.confirm', 'app-passwords.create'],
  ...['received.release', 'digest.follow-link', 'restore.start', 'sent.recall'],
] as const
