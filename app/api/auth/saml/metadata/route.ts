import { env } from '#lib/platform/env.ts'
import { samlMetadata } from '#lib/platform/sso/saml-metadata.ts'

/** The settings are those of the running portal, not of the build. */
export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'saml') return new Response(null, { status: 404 })
  return new Response(samlMetadata(), { headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8' } })
}
