import { loadOwnProfile } from '#lib/features/client-setup/loaders.ts'
import { answerProfile } from '../answer-profile.ts'

/** The account of whoever is signed in; the device asks for the password. */
export const GET = async (): Promise<Response> => answerProfile(await loadOwnProfile())
