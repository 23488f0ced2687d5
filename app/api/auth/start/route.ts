import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { log } from '#lib/platform/log.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { isOwnOrigin, requestInfo } from '#lib/platform/request.ts'
import { startCas } from '#lib/platform/sso/cas.ts'
import { authOptions, type Start, startOidc } from '#lib/platform/sso/oidc.ts'
import { startSaml } from '#lib/platform/sso/saml.ts'
import { redirectTo, safeReturn } from '../complete.ts'

const unused = () => Promise.reject(new Error('a start signs nobody in'))
const START: Record<ReturnType<typeof env>['SSO_PROTOCOL'], (how: { returnTo: string; again: boolean }) => Promise<Start>> = {
  oidc: (how) => startOidc(authOptions(unused), how),
  cas: startCas,
  saml: startSaml,
}

/** A plain form leads here: `return` is where to go after, `again` asks the provider for the password even when it knows the person (step-up). */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return redirectTo('/sign-in?reason=foreign_origin')
  const form = await request.formData()
  const how = { returnTo: safeReturn(form.get('return')), again: form.get('again') === '1' }
  try {
    await takeLimits(resources().db, [{ key: `sso.start:${requestInfo(request.headers).ip}`, limit: 600, per: '1 minute' }])
    const { location, cookies } = await START[env().SSO_PROTOCOL](how)
    if (!location || /[?&]error=/.test(location)) return redirectTo('/sign-in?reason=provider_down')
    return redirectTo(location, cookies)
  } catch (error) {
    log.error({ error }, 'sign-in not started')
    return redirectTo('/sign-in?reason=provider_down')
  }
}
