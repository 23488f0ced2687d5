import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Keys {
  cookies: string[]
  jwks: { keys: object[] }
}

/** The signing and cookie keys of this data folder, made at the first start: a new key would sign everybody out. */
export function loadKeys(dataDir: string): Keys {
  const file = join(dataDir, 'identity-provider.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(newKeys()), { mode: 0o600 })
  return JSON.parse(readFileSync(file, 'utf8'))
}

function newKeys(): Keys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }
  return { cookies: [randomBytes(32).toString('base64url')], jwks: { keys: [jwk] } }
}
