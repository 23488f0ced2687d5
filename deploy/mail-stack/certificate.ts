import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveToServiceUser, privateFolder } from '#deploy/local/run-as.ts'

const WEEK = 7 * 24 * 3_600_000

/** A self-signed certificate for loopback, and one more address there, in `tls/`; made again in its last week. */
export function ensureCertificate(home: string, domain: string, address = '127.0.0.1'): string {
  const folder = privateFolder(join(home, 'tls'))
  const certificate = join(folder, 'cert.pem')
  const key = join(folder, 'key.pem')
  if (existsSync(key) && existsSync(certificate) && lasts(certificate)) return certificate
  const addresses = [...new Set(['127.0.0.1', address])].map((each) => `IP:${each}`)
  const names = `subjectAltName=${['DNS:localhost', `DNS:mail.${domain}`, ...addresses]}`
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '825', '-subj', `/CN=mail.${domain}`]
  // openssl makes the key readable by its owner only.
  const result = spawnSync('openssl', [...args, '-addext', names, '-keyout', key, '-out', certificate], { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`openssl cannot make a certificate: ${result.error?.message ?? result.stderr}`)
  giveToServiceUser(key)
  giveToServiceUser(certificate)
  return certificate
}

const lasts = (path: string) => Date.parse(new X509Certificate(readFileSync(path)).validTo) > Date.now() + WEEK
