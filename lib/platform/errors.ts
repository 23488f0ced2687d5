import { MailCoreError, type MailCoreErrorCode } from '#lib/mail-core/errors.ts'

/** Every way an operation can end badly, and its HTTP status. The sentences stand in i18n/messages/<locale>/errors.json under the same code. */
export const ERRORS = {
  invalid_input: 400,
  unauthenticated: 401,
  session_expired: 401,
  forbidden: 403,
  foreign_origin: 403,
  step_up_required: 403,
  caller_not_verified: 403,
  no_office_phone: 409,
  reason_needed: 400,
  second_person_needed: 409,
  other_phone_bound: 409,
  second_admin_needed: 409,
  role_exists: 409,
  own_admin_role: 409,
  not_found: 404,
  method_not_allowed: 405,
  already_done: 409,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unexpected: 500,
  database_unavailable: 503,
  mail_unreachable: 503,
  mail_refused: 502,
  mail_timeout: 504,

  no_mailbox: 403,
  account_disabled: 403,
  identity_conflict: 409,
  provider_refused: 502,

  phone_invalid: 400,
  phone_not_mobile: 400,
  phone_country_not_allowed: 400,
  phone_same: 409,
  phone_taken: 409,
  phone_required: 409,
  phone_cooling_off: 409,
  phone_already_bound: 409,
  sms_limit: 429,
  sms_budget: 503,
  code_wrong: 400,
  code_expired: 400,
  code_exhausted: 429,
  link_invalid: 404,

  password_wrong: 400,
  password_too_short: 400,
  password_too_long: 400,
  password_characters: 400,
  password_kinds: 400,
  password_common: 400,
  password_personal: 400,
  password_site_words: 400,
  password_reused: 409,
  password_too_young: 409,
  password_rejected: 409,
  password_unsure: 504,
  account_locked: 409,
  directory_unreachable: 503,
  reset_over: 409,
  reset_waiting: 503,
  reset_other_proof: 409,
  recovery_code_young: 409,

  preview_refused: 422,
  mail_moved: 409,
  recall_too_late: 409,
  recall_nothing: 409,
  sender_limit: 409,
  sender_is_self: 409,
  sender_own_domain: 409,
  sender_notices: 409,
  sender_expiry: 400,
  sender_file_empty: 400,

  contact_changed: 409,
  contact_limit: 409,
  contact_file_refused: 422,
  contact_import_running: 409,
  contact_undo_over: 409,

  restore_gone: 409,
  restore_running: 409,
  restore_no_room: 409,

  app_passwords_off: 409,
  app_password_limit: 409,
  app_password_expiry: 400,

  helpdesk_no_mail: 409,
  profile_taken: 410,

  token_limit: 409,
  token_name_taken: 409,
  webhook_limit: 409,
  webhook_url: 400,
} as const

export type ErrorCode = keyof typeof ERRORS

export interface ErrorDetail {
  /** Seconds until it makes sense to try again. */
  retryAfter?: number
  /** Input fields that are wrong. */
  fields?: string[]
  /** Values for the sentence: counts and dates, never secrets. */
  values?: Record<string, string | number>
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: { cause?: unknown }) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.detail = detail
  }
}

const FROM_MAIL_CORE: Record<MailCoreErrorCode, ErrorCode> = {
  unreachable: 'mail_unreachable',
  refused: 'mail_refused',
  not_found: 'not_found',
  conflict: 'conflict',
  timeout: 'mail_timeout',
}

/** Postgres: class 08 connection, 53 resources, 57 operator intervention, and what postgres.js and the network say of a lost connection. */
const DATABASE_DOWN = /^(08|53|57)|^(CONNECT_TIMEOUT|CONNECTION_|ECONN)|^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/

/** Whatever was thrown, as one of the closed codes. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof MailCoreError) return new AppError(FROM_MAIL_CORE[thrown.code], {}, { cause: thrown })
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && DATABASE_DOWN.test(error.code))
      return new AppError('database_unavailable', {}, { cause: thrown })
  }
  return new AppError('unexpected', {}, { cause: thrown })
}
