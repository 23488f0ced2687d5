import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ClientProtocol } from '#lib/mail-core/app-passwords/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type Authorized, type AuthorizedMailbox, isSignedIn } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import { appleProfile } from '#lib/platform/client-settings/apple-profile.ts'
import { autoconfigXml } from '#lib/platform/client-settings/autoconfig.ts'
import { autodiscoverErrorXml, autodiscoverXml, readAutodiscover } from '#lib/platform/client-settings/autodiscover.ts'
import { checkRecord, recordsOf } from '#lib/platform/client-settings/dns-records.ts'
import { paccDocument } from '#lib/platform/client-settings/pacc.ts'
import { signProfile } from '#lib/platform/client-settings/sign-profile.ts'
import { clientSite, isOfSite } from '#lib/platform/client-settings/site.ts'
import type { Context } from '#lib/platform/context.ts'
import { randomToken } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { expectAppPasswordAllowed, makeAppPassword } from '#lib/platform/new-app-password.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { isCampus, subscriberOf } from '#lib/platform/request.ts'
import { holdLiveSession } from '#lib/platform/session.ts'
import type {
  AskAutoconfig,
  AskAutodiscover,
  AskAutodiscoverUrl,
  CheckAppPassword,
  CheckedAppPassword,
  ClientSetup,
  DnsRecords,
  OfferedProfile,
  OfferProfile,
  ShowClientSetup,
  ShowDns,
  TakeProfile,
  Verdict,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

export async function showClientSetup({ db }: Context, { mailbox }: Input<typeof ShowClientSetup>): Promise<ClientSetup> {
  const [{ on }, phone] = await Promise.all([store.accountOf(db, mailbox), boundPhone(db, mailbox)])
  const signed = env().PROFILE_CERTIFICATE !== undefined
  return {
    address: mailbox,
    servers: clientSite().servers,
    signed,
    appPasswords: { on, phone: phone !== null, mostDays: env().APP_PASSWORD_MOST_DAYS },
  }
}

export async function takeOwnProfile({ actor, request }: Context, { mailbox }: Input<typeof ShowClientSetup>) {
  const name = isSignedIn(actor) ? actor.name : mailbox
  return { profile: await profileFor(request, { address: mailbox, name }) }
}

/** What the link will make; the person's name is kept with it, since nobody signs in to follow it, and the session that asked. */
const Wanted = z.object({ name: z.string(), days: z.number(), person: z.string(), sessionId: z.string() })

/** Writes down what was wished, by somebody who has proved who it is; the app password is made when the link is opened, so that nothing secret waits. */
export async function offerProfile({ db, actor }: Context, { mailbox, name, days }: Input<typeof OfferProfile>): Promise<OfferedProfile> {
  if (!isSignedIn(actor)) throw new AppError('unauthenticated')
  await expectAppPasswordAllowed(db, mailbox, days)
  const token = randomToken()
  const wanted: z.infer<typeof Wanted> = { name, days, person: actor.name, sessionId: actor.sessionId }
  const expiresAt = await store.insertProfileLink(db, mailbox, token, JSON.stringify(wanted))
  return { url: `${env().PUBLIC_URL}/client-setup/profile/${token}`, expiresAt }
}

/** The link is used up and the app password made together: of any number who open it, one gets a profile. */
export async function takeProfile({ db, request, audited }: Context, { token }: z.output<typeof TakeProfile>) {
  return db.transaction(async (tx) => {
    const link = await store.useProfileLink(tx, token)
    audited.mailbox = link?.mailbox
    if (!link?.subject) throw new AppError((await store.isTakenProfile(tx, token)) ? 'profile_taken' : 'link_invalid')
    const { name, days, person, sessionId } = Wanted.parse(JSON.parse(link.subject))
    audited.detail = { name }
    // Whoever was thrown out leaves no link behind that lets them in again (T12).
    if (!(await holdLiveSession(tx, sessionId))) throw new AppError('link_invalid')
    const mailbox = link.mailbox as AuthorizedMailbox
    const { secret } = await makeAppPassword({ db: tx, request }, { mailbox, name, days, protocols: ['imap', 'smtp'], sms: false })
    return { profile: await profileFor(request, { address: mailbox, name: person, secret }) }
  })
}

async function profileFor({ locale }: Context['request'], of: { address: string; name: string; secret?: string }): Promise<string> {
  const { PROFILE_CERTIFICATE, PROFILE_KEY } = env()
  const site = clientSite()
  const profile = appleProfile({ ...of, site, siteName: locale === 'en' ? site.name.en : site.name.zh })
  if (!PROFILE_CERTIFICATE || !PROFILE_KEY) return Buffer.from(profile).toString('base64')
  const pem = { certificate: readFileSync(PROFILE_CERTIFICATE, 'utf8'), key: readFileSync(PROFILE_KEY, 'utf8') }
  return (await signProfile(profile, pem)).toString('base64')
}

export async function autoconfig(context: Context, { address }: z.output<typeof AskAutoconfig>) {
  await countQuestion(context)
  const site = clientSite()
  if (address !== undefined && !isOfSite(site, address)) throw new AppError('not_found')
  return { text: autoconfigXml(site) }
}

export async function autodiscover(context: Context, { body }: z.output<typeof AskAutodiscover>) {
  await countQuestion(context)
  const site = clientSite()
  const asked = readAutodiscover(body ?? '')
  if ('error' in asked) return { text: autodiscoverErrorXml(asked.error) }
  const address = MailboxAddress.safeParse(asked.address).data
  return { text: address && isOfSite(site, address) ? autodiscoverXml(site, address) : autodiscoverErrorXml('not_here') }
}

/** The address of the answer above, for those who ask in JSON first. */
export async function autodiscoverUrl(context: Context, { address, protocol }: z.output<typeof AskAutodiscoverUrl>) {
  await countQuestion(context)
  if (protocol.toLowerCase() !== 'autodiscoverv1') throw new AppError('invalid_input', { fields: ['protocol'] })
  if (!isOfSite(clientSite(), address)) throw new AppError('not_found')
  return { text: JSON.stringify({ Protocol: 'AutodiscoverV1', Url: `${env().PUBLIC_URL}/autodiscover/autodiscover.xml` }) }
}

export async function pacc(context: Context) {
  await countQuestion(context)
  const text = paccDocument(clientSite())
  if (text === null) throw new AppError('not_found')
  return { text }
}

/** Questions a minute of one address; many people stand behind one of a campus. */
function countQuestion({ db, request: { ip } }: Context): Promise<void> {
  const limit = ip && isCampus(ip) ? 1_200 : 120
  return takeLimits(db, [{ key: `client-setup:${ip && subscriberOf(ip)}`, limit, per: '1 minute' }])
}

type ServerAnswer = CheckedAppPassword['servers'][number]

/** Signs in at each server as a mail client would; why one says no, the portal's own records tell. */
export async function checkAppPassword(context: Context, { mailbox, secret }: Input<typeof CheckAppPassword>): Promise<CheckedAppPassword> {
  const { db, audited } = context
  const [row, account] = await Promise.all([store.appPasswordOf(db, mailbox, secret), store.accountOf(db, mailbox)])
  const servers = await Promise.all(
    clientSite().servers.map(async ({ protocol, host, port }): Promise<ServerAnswer> => {
      const said = await signIn(context, { mailbox, secret, protocol })
      const answer = said !== 'accepted' && row && !row.protocols.includes(protocol) ? 'not_allowed' : said
      return { protocol, server: `${host}:${port}`, answer }
    }),
  )
  const verdict = judge(row, account, servers)
  audited.detail = { verdict, ...(row ? { name: row.name } : {}) }
  const at = row ? (row.revokedAt ?? row.expiresAt) : null
  return { verdict, name: row?.name ?? null, at, wellFormed: /^[a-z2-7]{24}$/.test(secret), servers }
}

async function signIn({ mail, request }: Context, of: { mailbox: string; secret: string; protocol: ClientProtocol }) {
  const { mailbox: address, secret, protocol } = of
  try {
    return (await mail.appPasswords.login({ address, secret, protocol, ip: request.ip ?? '' })) ? 'accepted' : 'refused'
  } catch (error) {
    if (error instanceof MailCoreError) return 'unreachable'
    throw error
  }
}

function judge(row: store.AppPasswordRow | undefined, account: { on: boolean; enabled: boolean }, servers: ServerAnswer[]): Verdict {
  const some = (answer: ServerAnswer['answer']) => servers.some((server) => server.answer === answer)
  // Without a record it may still be what the site lets in besides: the account's own password.
  if (!row) return some('accepted') ? 'works' : 'unknown'
  if (row.revokedAt) return 'revoked'
  if (row.expired) return 'expired'
  if (!account.enabled) return 'disabled'
  if (!account.on) return 'switched_off'
  if (some('refused')) return 'refused'
  if (some('unreachable')) return 'unreachable'
  const receives = servers.some(({ protocol, answer }) => protocol !== 'smtp' && answer === 'accepted')
  const sends = servers.some(({ protocol, answer }) => protocol === 'smtp' && answer === 'accepted')
  return receives && sends ? 'works' : 'wrong_protocol'
}

export async function showDns({ mail }: Context, { domain }: z.output<typeof ShowDns>): Promise<DnsRecords> {
  const site = clientSite()
  const chosen = domain?.toLowerCase() ?? site.domains[0]
  if (!site.domains.includes(chosen)) throw new AppError('not_found')
  const records = await Promise.all(recordsOf(site, chosen).map((record) => checkRecord(mail.dns, record)))
  return { domain: chosen, domains: site.domains, records }
}
