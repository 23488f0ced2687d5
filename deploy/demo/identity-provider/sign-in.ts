import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { sql } from 'drizzle-orm'
import { errors, type Interaction, type KoaContext, type Provider } from 'oidc-provider'
import type { Database } from '#db/client.ts'
import type { Directory } from '#lib/mail-core/directory/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { AppError } from '#lib/platform/errors.ts'
import { type Limit, takeLimits } from '#lib/platform/rate-limit.ts'
import { languageOf } from './configuration.ts'
import { noticePage, signInPage } from './page.ts'
import type { Refusal } from './words.ts'

interface SignIn {
  provider: Provider
  directory: Directory
  db: Database
  issuer: string
  portal: string
}

const FORM_LIMIT = 8192

/** The sign-in page: GET shows it, POST checks the password with the directory, POST …/back goes back unanswered. */
export async function handleSignIn(ctx: KoaContext, context: SignIn): Promise<void> {
  ctx.type = 'html'
  try {
    const interaction = await context.provider.interactionDetails(ctx.req, ctx.res)
    if (ctx.method !== 'POST') show(ctx, interaction, context)
    else if (ctx.get('origin') && ctx.get('origin') !== context.issuer) ctx.status = 403
    else if (ctx.path.endsWith('/back')) await finish(ctx, context, { error: 'access_denied' })
    else await check(ctx, interaction, context)
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error
    ctx.body = noticePage('expired', context.portal, languageOf(ctx))
  }
}

async function check(ctx: KoaContext, interaction: Interaction, context: SignIn): Promise<void> {
  const form = await readForm(ctx.req)
  const account = (form.get('account') ?? '').trim()
  const result = await authenticate(account, form.get('password') ?? '', context)
  if (typeof result === 'string') return show(ctx, interaction, context, { account, refusal: result })
  await finish(ctx, context, { login: { accountId: result.accountId, amr: ['pwd'] } })
}

async function authenticate(account: string, password: string, { directory, db }: SignIn): Promise<Refusal | { accountId: string }> {
  if (!account || !password) return 'empty'
  // Fewer than the directory bears: this page never locks an account.
  const limit: Limit = { key: `demo-sign-in:${digest(account)}`, limit: 6, per: '5 minutes' }
  try {
    await takeLimits(db, [limit])
    const result = await directory.authenticate(account, password)
    if (!result.ok) return result.reason
    await db.execute(sql`delete from rate_hits where key = ${limit.key}`)
    return { accountId: result.account.address }
  } catch (error) {
    if (error instanceof AppError) return 'too_many'
    if (error instanceof MailCoreError) return 'unreachable'
    throw error
  }
}

async function finish(ctx: KoaContext, { provider }: SignIn, result: object): Promise<void> {
  ctx.status = 303
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result))
}

function show(
  ctx: KoaContext,
  { uid, params, session }: Interaction,
  { portal }: SignIn,
  tried: { account?: string; refusal?: Refusal } = {},
): void {
  const form = {
    path: `/sign-in/${uid}`,
    again: session !== undefined,
    account: tried.account ?? session?.accountId ?? params.login_hint ?? '',
    refusal: tried.refusal,
    portal,
  }
  ctx.body = signInPage(form, languageOf(ctx, params.ui_locales))
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > FORM_LIMIT) return new URLSearchParams()
  }
  return new URLSearchParams(text)
}

const digest = (account: string) => createHash('sha256').update(account.toLowerCase()).digest('base64url')
