import type { KoaContext } from 'oidc-provider'
import type { Directory } from '#lib/mail-core/directory/port.ts'
import type { Keys } from './keys.ts'
import { noticePage, signOutPage } from './page.ts'
import type { Store } from './store.ts'
import { chooseLanguage } from './words.ts'

export interface Settings {
  clientId: string
  clientSecret: string
  tokenAuth: string
  /** Origin of the portal. */
  portal: string
  keys: Keys
  store: (model: string) => Store
  directory: Directory
}

const SCOPES = 'openid email profile'
const HOUR = 3600
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true }

export const languageOf = (ctx: KoaContext, uiLocales?: string) =>
  chooseLanguage(String(ctx.query.lang ?? ''), uiLocales, ctx.get('accept-language'))

export function configuration(settings: Settings) {
  const { portal, keys, directory } = settings
  return {
    adapter: settings.store,
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        token_endpoint_auth_method: settings.tokenAuth,
        redirect_uris: [`${portal}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${portal}/signed-out`],
        backchannel_logout_uri: `${portal}/api/auth/oidc/back-channel`,
        backchannel_logout_session_required: true,
        response_types: ['code'],
        grant_types: ['authorization_code'],
        require_auth_time: true,
      },
    ],
    responseTypes: ['code'],
    pkce: { required: () => true },
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookies,
      names: { session: 'demo_idp', interaction: 'demo_idp_sign_in', resume: 'demo_idp_resume' },
      long: COOKIE,
      short: COOKIE,
    },
    ttl: {
      Session: 12 * HOUR,
      Grant: 12 * HOUR,
      Interaction: HOUR,
      IdToken: HOUR,
      AccessToken: 600,
      AuthorizationCode: 60,
    },
    scopes: SCOPES.split(' '),
    claims: { openid: ['sub'], email: ['email'], profile: ['name', 'preferred_username', 'groups'] },
    // next-auth reads the ID token and asks no further.
    conformIdTokenClaims: false,
    async findAccount(_ctx: unknown, sub: string) {
      const account = await directory.find(sub)
      if (!account || account.disabled) return undefined
      const { address, name, login, groups } = account
      return {
        accountId: sub,
        claims: () => ({ sub, email: address, name, preferred_username: login, groups }),
      }
    },
    /** The portal belongs to the organisation: nobody is asked for consent. */
    async loadExistingGrant({ oidc }: KoaContext) {
      if (!oidc?.client || !oidc.session?.accountId) return undefined
      const { clientId } = oidc.client
      const known = oidc.session.grantIdFor(clientId)
      const existing = known && (await oidc.provider.Grant.find(known))
      if (existing) return existing
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope(SCOPES)
      await grant.save()
      return grant
    },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/sign-in/${uid}` },
    // The portal is on loopback, which oidc-provider's own dispatcher refuses to call.
    fetch: (url: URL, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) => fetch(url, options),
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: KoaContext, form: string) => signOut(ctx, form, portal),
        postLogoutSuccessSource: (ctx: KoaContext) => afterSignOut(ctx, portal),
      },
    },
    renderError(ctx: KoaContext, out: { error: string }) {
      ctx.type = 'html'
      const notice = out.error === 'invalid_request' && ctx.path.startsWith('/auth/') ? 'expired' : 'refusedRequest'
      ctx.body = noticePage(notice, portal, languageOf(ctx))
    },
  }
}

/** Who comes from the portal with the ID token of this very session is not asked again. */
async function signOut(ctx: KoaContext, form: string, portal: string): Promise<void> {
  const { session, entities, provider } = ctx.oidc ?? {}
  if (!session || !provider || entities?.IdTokenHint?.payload.sub !== session.accountId) {
    ctx.body = signOutPage(form, portal, languageOf(ctx))
    return
  }
  await session.destroy()
  ctx.cookies.set(provider.cookieName('session'), null, COOKIE)
  afterSignOut(ctx, portal)
}

/** oidc-provider has checked that the address is the client's own. */
export function afterSignOut(ctx: KoaContext, portal: string): void {
  const { post_logout_redirect_uri: uri, state } = ctx.oidc?.params ?? {}
  if (uri) {
    const target = new URL(uri)
    if (state) target.searchParams.set('state', state)
    ctx.status = 303
    ctx.redirect(target.href)
  } else {
    ctx.type = 'html'
    ctx.body = noticePage('signedOut', portal, languageOf(ctx))
  }
}
