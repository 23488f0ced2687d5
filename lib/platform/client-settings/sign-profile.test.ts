import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { signProfile } from './sign-profile.ts'

const folder = mkdtempSync(join(tmpdir(), 'profile-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

function openssl(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** A certificate authority, and a certificate of its for a key of this kind. */
function issue(kind: string[]) {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Yunling CA', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', '-newkey', ...kind, '-nodes', '-subj', '/CN=mail.yunling.example', '-keyout', 'site.key', '-out', 'site.csr')
  openssl('x509', '-req', '-in', 'site.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'site.pem')
  const read = (name: string) => readFileSync(at(name), 'utf8')
  return { certificate: read('site.pem') + read('ca.pem'), key: read('site.key') }
}

const LONG = `<plist>云岭大学 ${'x'.repeat(10_000)}</plist>`

describe.each([
  ['RSA', ['rsa:2048']],
  ['an elliptic curve', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
])('A profile signed with %s', (_, kind) => {
  test('is what OpenSSL verifies against its authority, with the chain inside', async () => {
    writeFileSync(at('signed'), await signProfile(LONG, issue(kind)))
    const content = openssl('cms', '-verify', '-binary', '-inform', 'der', '-in', 'signed', '-CAfile', 'ca.pem', '-purpose', 'any')
    expect(content).toBe(LONG)
    expect(openssl('pkcs7', '-inform', 'der', '-in', 'signed', '-print_certs', '-noout').match(/subject=/g)).toHaveLength(2)
  })

  test('no longer verifies when a letter of it is changed', async () => {
    const signed = await signProfile(LONG, issue(kind))
    signed[signed.indexOf('xxxx')] = 'y'.charCodeAt(0)
    writeFileSync(at('forged'), signed)
    expect(() => openssl('cms', '-verify', '-binary', '-inform', 'der', '-in', 'forged', '-CAfile', 'ca.pem', '-purpose', 'any')).toThrow(
      /digest|verif/i,
    )
  })
})

test('Without a certificate, or with a key of another kind, nothing is signed', async () => {
  const { certificate, key } = issue(['rsa:2048'])
  await expect(signProfile(LONG, { certificate: '', key })).rejects.toThrow('no certificate')
  openssl('genpkey', '-algorithm', 'ed25519', '-out', 'ed.key')
  await expect(signProfile(LONG, { certificate, key: readFileSync(at('ed.key'), 'utf8') })).rejects.toThrow('neither RSA')
})
