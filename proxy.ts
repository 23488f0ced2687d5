import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/platform/env.ts'

const development = process.env.NODE_ENV === 'development'

/** Where a form may lead: here, and through sign-in and sign-out to the identity provider (browsers check redirects as well). */
function formTargets(): string {
  const { SSO_PROTOCOL, OIDC_ISSUER, CAS_URL, SAML_IDP_ENTRY_POINT, SAML_IDP_LOGOUT_URL } = env()
  const provider = { oidc: [OIDC_ISSUER], cas: [CAS_URL], saml: [SAML_IDP_ENTRY_POINT, SAML_IDP_LOGOUT_URL] }[SSO_PROTOCOL]
  const origins = provider.flatMap((url) => (url ? [new URL(url).origin] : []))
  return [...new Set(["'self'", ...origins])].join(' ')
}

function contentSecurityPolicy(nonce: string, https: boolean): string {
  // React rebuilds server stacks with eval, and the error overlay writes styles of its own: in development only.
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`
  const style = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'",
    `script-src ${script}`,
    `style-src ${style}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${formTargets()}`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** A held mail in its frame: it may do nothing at all (T36). */
const bringsItsOwn = (path: string) => /^\/received\/preview\/[^/]+$/.test(path)

/**
 * Headers only. Who may do what is decided inside each operation (T19, CVE-2025-29927): a request that slips past this file
 * loses its policy headers and nothing else.
 */
export function proxy(request: NextRequest) {
  const https = env().PUBLIC_URL.startsWith('https:')
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, https)
  const requestId = `ph_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`

  const headers = new Headers(request.headers)
  headers.set('x-request-id', requestId)
  // Next reads the nonce from here and puts it on its scripts and styles.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })

  response.headers.set('x-request-id', requestId)
  if (!bringsItsOwn(request.nextUrl.pathname)) {
    response.headers.set('content-security-policy', policy)
    response.headers.set('referrer-policy', 'same-origin')
  }
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  if (https) response.headers.set('strict-transport-security', 'max-age=31536000')
  return response
}

export const config = { matcher: ['/((?!_next/static/).*)'] }
