import { PROFILE_TYPE } from '#lib/platform/client-settings/apple-profile.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import type { Result } from '#lib/platform/operation.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** The profile as a file; refused, a sentence for whoever looks at the phone. */
export async function answerProfile(result: Result<{ profile: string }>): Promise<Response> {
  if (result.ok) {
    const headers = { ...HEADERS, 'content-type': PROFILE_TYPE, 'content-disposition': 'attachment; filename="mail.mobileconfig"' }
    return new Response(Buffer.from(result.data.profile, 'base64'), { headers })
  }
  const errors = await getTranslations('errors')
  const text = [errors(result.code, result.values), result.reference].filter(Boolean).join('\n')
  return new Response(`${text}\n`, { status: ERRORS[result.code], headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
}
