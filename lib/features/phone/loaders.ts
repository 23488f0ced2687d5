import { checkCancelLinkOperation, showPhoneOperation } from './operations.ts'

export const loadPhone = () => showPhoneOperation.load()
export const loadCancelLink = (token: string) => checkCancelLinkOperation.loadPublic({ token })
