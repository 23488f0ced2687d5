import { listTokensOperation } from './operations.ts'

export const loadTokens = () => listTokensOperation.load()
