import { cookies } from 'next/headers'
import { sessionCookie } from '#lib/platform/session.ts'

/** As long as a reset may take. */
const SECONDS = 40 * 60
/** In place of a token, in the very answer that ends a reset. */
const OVER = 'over'

function flowCookie() {
  const { name, options } = sessionCookie()
  return { name: `${name}-reset`, options }
}

/** Ties a reset to this browser: the token is in no address and in no page. `__Host-` on https, as the session's. */
export async function keepFlow(token: string): Promise<void> {
  const { name, options } = flowCookie()
  const jar = await cookies()
  jar.set(name, token, { ...options, maxAge: SECONDS })
}

/** The browser forgets it at once. The page that is made for this same answer still reads `over`, and so lets the receipt stand. */
export async function endFlow(): Promise<void> {
  const { name, options } = flowCookie()
  const jar = await cookies()
  jar.set(name, OVER, { ...options, maxAge: 0 })
}

/** The token of the reset under way in this browser; null when it has ended with this request; undefined where there is none. */
export async function flowToken(): Promise<string | null | undefined> {
  const value = (await cookies()).get(flowCookie().name)?.value
  return value === OVER ? null : value || undefined
}
