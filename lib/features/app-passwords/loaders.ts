import { listAppPasswordsOperation } from './operations.ts'

export const loadAppPasswords = () => listAppPasswordsOperation.load()
