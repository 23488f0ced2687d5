import { sessionCookie } from '../session.ts'

/** Seconds for a person to find the password and the second factor. */
export const FLOW_SECONDS = 900

const nameOf = (protocol: 'cas' | 'saml') => `${sessionCookie().name}-${protocol}`

/**
 * Marks the browser that began a sign-in, so that an answer is only taken from there (login CSRF). `__Host-` on https, as
 * the session's, so that no neighbouring host can plant one.
 */
export const flowCookie = (protocol: 'cas' | 'saml', value: string, seconds = FLOW_SECONDS): string => {
  const { secure } = sessionCookie().options
  return `${nameOf(protocol)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

export const endFlow = (protocol: 'cas' | 'saml'): string => flowCookie(protocol, '', 0)

export { nameOf as flowCookieName }
