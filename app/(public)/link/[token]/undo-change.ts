'use server'
import type { Answer } from '#components/link/undo-change.tsx'
import { cancelChangeAction } from '#lib/features/phone/actions.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

/** The form's face of the operation: without JavaScript the browser posts it, and the page is the answer. */
export async function undoChange(token: string): Promise<Answer> {
  const [result, format, errors] = await Promise.all([cancelChangeAction({ token }), getFormat(), getTranslations('errors')])
  const { reference } = result
  if (result.ok) return { ok: true, time: format.dayAndTime(new Date()), reference }
  return { ok: false, dead: result.code === 'link_invalid', sentence: errors(result.code), reference }
}
