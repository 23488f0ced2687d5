import { readFileSync } from 'node:fs'
import { Provider } from 'oidc-provider'
import postgres from 'postgres'
import { resources } from '#lib/platform/context.ts'
import { ConfigurationError, type Env, env } from '#lib/platform/env.ts'
import { afterSignOut, configuration } from './identity-provider/configuration.ts'
import { loadKeys } from './identity-provider/keys.ts'
import { handleSignIn } from './identity-provider/sign-in.ts'
import { createStore } from './identity-provider/store.ts'

// The demo's identity provider: OpenID Connect, its passwords checked by the directory port. Its settings are the portal's.

const settings = readSettings()
const issuer = settings.OIDC_ISSUER ?? ''
const dataDir = process.env.DATA_DIR
const ownerUrl = process.env.MIGRATION_DATABASE_URL
if (!settings.DEMO || !isLoopback(issuer)) {
  refuse('The embedded identity provider is only for the demo: it starts with DEMO=1 and an OIDC_ISSUER on 127.0.0.1.')
}
if (!dataDir || !ownerUrl) refuse('The embedded identity provider needs DATA_DIR and MIGRATION_DATABASE_URL.')

const sql = postgres(ownerUrl, { max: 4, onnotice: () => {} })
const { db, mail } = resources()
const portal = settings.PUBLIC_URL
const provider = new Provider(issuer, configuration(await options(settings, dataDir)))
provider.on('server_error', (_ctx, error) => console.error(error))

const css = ['../../app/tokens.css', './identity-provider/style.css']
const style = css.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n')
const csp = `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${portal}; frame-ancestors 'none'; base-uri 'none'`

provider.use(async (ctx, next) => {
  ctx.set('Content-Security-Policy', csp)
  ctx.set('X-Content-Type-Options', 'nosniff')
  // With no-referrer a browser would send its own form with `Origin: null`.
  ctx.set('Referrer-Policy', 'same-origin')
  // Addresses are made from the Host header: only the issuer's own is answered (T7).
  if (ctx.get('host') !== new URL(issuer).host) {
    ctx.status = 421
  } else if (ctx.path === '/style.css') {
    ctx.type = 'css'
    ctx.body = style
  } else if (ctx.path.startsWith('/sign-in/')) {
    ctx.set('Cache-Control', 'no-store')
    await handleSignIn(ctx, { provider, directory: mail.directory, db, issuer, portal })
  } else {
    await next()
    // oidc-provider answers a second sign-out with a form that a script would have to submit.
    if (ctx.oidc?.route === 'end_session' && ctx.status === 200 && !ctx.oidc.session?.accountId) afterSignOut(ctx, portal)
  }
})

const server = provider.listen(Number(new URL(issuer).port), '127.0.0.1', () => {
  console.log(`The identity provider answers at ${issuer}`)
})
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)

function readSettings(): Env {
  try {
    return env()
  } catch (error) {
    if (error instanceof ConfigurationError) refuse(error.message)
    throw error
  }
}

async function options(from: Env, folder: string) {
  return {
    clientId: from.OIDC_CLIENT_ID as string,
    clientSecret: from.OIDC_CLIENT_SECRET as string,
    tokenAuth: from.OIDC_TOKEN_AUTH,
    portal: from.PUBLIC_URL,
    keys: loadKeys(folder),
    store: await createStore(sql),
    directory: mail.directory,
  }
}

async function stop(): Promise<void> {
  server.close()
  server.closeAllConnections()
  await Promise.all([sql.end({ timeout: 2 }), db.$client.end({ timeout: 2 })])
  process.exit(0)
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname)
}

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
