import { showPasswordOperation } from './operations.ts'

export const loadPassword = () => showPasswordOperation.load()
