import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#lib/platform/sso/oidc.ts'
import { redirectTo, SignInRefused, sessionFor } from '../complete.ts'

interface RouteContext {
  params: Promise<{ nextauth: string[] }>
}

/** Only the provider's answer comes here; sign-in starts at /api/auth/start and ends at /api/auth/sign-out. */
export async function GET(request: NextRequest, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params
  if (nextauth.join('/') !== 'callback/oidc') return redirectTo('/sign-in')
  let refused: SignInRefused | undefined
  const options = authOptions(async (assertion) => {
    try {
      return await sessionFor(request, assertion)
    } catch (error) {
      if (error instanceof SignInRefused) refused = error
      throw error
    }
  })
  const response: Response = await NextAuth(request as never, context as never, options)
  if (refused) return redirectTo(`/sign-in?reason=${refused.code}`)
  const location = response.headers.get('location') ?? ''
  return /[?&]error=/.test(location) ? redirectTo('/sign-in?reason=provider_refused') : response
}
