'use server'
import { cancelChangeAction } from '#lib/features/phone/actions.ts'

export type Undone = Awaited<ReturnType<typeof cancelChangeAction>> & { at: Date }

/** The form's face of the operation: without JavaScript the browser posts it, and the page is the answer. */
export async function undoChange(token: string): Promise<Undone> {
  return { ...(await cancelChangeAction({ token })), at: new Date() }
}
