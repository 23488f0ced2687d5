import { z } from 'zod'
import { env } from '../env.ts'
import { textUpTo } from '../limited-body.ts'
import { children, isElement, parseXml, textOf } from '../xml.ts'
import { type Assertion, firstOf, valuesOf } from './assertion.ts'
import { flowCookie } from './flow-cookie.ts'
import type { Start } from './oidc.ts'
import { down, refused } from './provider-error.ts'

const CAS = 'http://www.yale.edu/tp/cas'
const SAML_PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const MOST_OCTETS = 65_536
const PATIENCE = 5_000
/** CAS 3.0, 3.1.1 and 3.7: a service ticket, of at most 256 characters; no proxy ticket. */
const TICKET = /^ST-[\w.-]{8,253}$/

const casUrl = () => env().CAS_URL as string
/** The same at every call: a ticket is only good for the service that it was issued for. */
const service = () => `${env().PUBLIC_URL}/api/auth/cas`

/** What the browser keeps between the way to the provider and back. It decides nothing: the ticket does. */
export interface CasFlow {
  returnTo: string
  again: boolean
}

export async function startCas({ returnTo, again }: CasFlow): Promise<Start> {
  const location = new URL(`${casUrl()}/login`)
  location.searchParams.set('service', service())
  if (again) location.searchParams.set('renew', 'true')
  const flow = Buffer.from(JSON.stringify([returnTo, again])).toString('base64url')
  return { location: location.href, cookies: [flowCookie('cas', flow)] }
}

export function readCasFlow(cookie: string | undefined): CasFlow | null {
  try {
    const [returnTo, again] = z.tuple([z.string(), z.boolean()]).parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()))
    return { returnTo, again }
  } catch {
    return null
  }
}

interface Success {
  user: string
  attributes: Record<string, unknown>
}

/**
 * Asks the provider whose ticket this is; it is good once. `renew` asks it to refuse a ticket for which no password was
 * typed, so that a browser cannot claim a step-up that did not happen (T18).
 * @throws ProviderError
 */
export async function validateTicket(ticket: string, { renew }: { renew: boolean }): Promise<Assertion> {
  if (!TICKET.test(ticket)) throw refused('ticket_shape')
  const question = new URL(`${casUrl()}/p3/serviceValidate`)
  question.searchParams.set('service', service())
  question.searchParams.set('ticket', ticket)
  if (renew) question.searchParams.set('renew', 'true')
  const { user, attributes } = readAnswer(await ask(question))
  const { SSO_MAILBOX_CLAIM, SSO_NAME_CLAIM, SSO_GROUPS_CLAIM } = env()
  const mailbox = firstOf(attributes[SSO_MAILBOX_CLAIM]) ?? ''
  return {
    iss: casUrl(),
    sub: user,
    mailbox,
    name: firstOf(attributes[SSO_NAME_CLAIM]) ?? mailbox,
    groups: valuesOf(attributes[SSO_GROUPS_CLAIM]),
    authTime: authenticationDate(attributes.authenticationDate) ?? (renew ? new Date() : null),
    idpSession: ticket,
    logoutHint: null,
  }
}

async function ask(question: URL): Promise<string> {
  try {
    const response = await fetch(question, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE), cache: 'no-store' })
    if (!response.ok) throw down('cas_status')
    const text = await textUpTo(response, MOST_OCTETS)
    if (text === null) throw refused('cas_answer_too_long')
    return text
  } catch (error) {
    throw error instanceof TypeError || error instanceof DOMException ? down('cas_unreachable', error) : error
  }
}

/** Servers answer in XML or JSON as they are set up, whatever was asked for, and call it by several types. */
function readAnswer(text: string): Success {
  const success = text.trimStart().startsWith('{') ? readJson(text) : readXml(text)
  if (!success.user) throw refused('cas_answer_without_user')
  return success
}

const JsonAnswer = z.object({
  serviceResponse: z.object({
    authenticationSuccess: z.object({ user: z.string().trim(), attributes: z.record(z.string(), z.unknown()).default({}) }).optional(),
  }),
})

function readJson(text: string): Success {
  let answer: z.output<typeof JsonAnswer>
  try {
    answer = JsonAnswer.parse(JSON.parse(text))
  } catch (error) {
    throw refused('cas_answer_unreadable', error)
  }
  const success = answer.serviceResponse.authenticationSuccess
  if (!success) throw refused('ticket_refused')
  return success
}

function readXml(text: string): Success {
  const root = parsed(text)
  if (!isElement(root, CAS, 'serviceResponse')) throw refused('cas_answer_unreadable')
  const [success, ...more] = children(root, CAS, 'authenticationSuccess')
  if (!success || more.length > 0 || children(root, CAS).length > 1) throw refused('ticket_refused')
  const users = children(success, CAS, 'user')
  if (users.length > 1) throw refused('cas_answer_ambiguous')
  const attributes = new Map<string, string[]>()
  for (const element of children(success, CAS, 'attributes').flatMap((list) => children(list, CAS))) {
    attributes.set(element.localName, [...(attributes.get(element.localName) ?? []), textOf(element) ?? ''])
  }
  return { user: textOf(users[0]) ?? '', attributes: Object.fromEntries(attributes) }
}

function parsed(text: string): Element {
  try {
    return parseXml(text)
  } catch (error) {
    throw refused('cas_answer_unreadable', error)
  }
}

/** ISO 8601, from Java with the zone's name behind; in JSON also seconds since 1970. Never later than now. */
function authenticationDate(value: unknown): Date | null {
  const first = Array.isArray(value) ? value[0] : value
  const seconds = typeof first === 'number' || /^\d{9,11}(\.\d+)?$/.test(String(first)) ? Number(first) : null
  const moment = seconds === null ? Date.parse(String(first).replace(/\[[^\]]*\]$/, '')) : seconds * 1000
  return Number.isNaN(moment) ? null : new Date(Math.min(moment, Date.now()))
}

/** CAS 3.0, 2.3.3: the ticket whose session has ended at the provider; null when the message names none. */
export function readCasLogout(form: string): string | null {
  const message = new URLSearchParams(form).get('logoutRequest')
  if (!message) return null
  try {
    const root = parseXml(message)
    const [index, ...more] = isElement(root, SAML_PROTOCOL, 'LogoutRequest') ? children(root, SAML_PROTOCOL, 'SessionIndex') : []
    const ticket = textOf(index)
    return ticket && more.length === 0 && TICKET.test(ticket) ? ticket : null
  } catch {
    return null
  }
}
