import { checkLinkOperation, showDigestOperation } from './operations.ts'

export const loadDigest = () => showDigestOperation.load()
export const loadDigestLink = (token: string) => checkLinkOperation.loadPublic({ token })
