import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { postgresAppPasswords } from '#lib/mail-core/app-passwords/postgres.ts'
import { demo, type Person, type Service, sql } from './house.ts'

/** A mail client: over real protocols where the house has them, else the question that Dovecot would ask. */
export interface MailClient {
  /** Whether the mail system lets it in just now. */
  signsIn(): Promise<boolean>
}

const at = ({ host, port, tls }: Service) => ({ host, port, secure: tls })

export function imapClient({ address }: Person, secret: string): ImapFlow {
  const { imap } = demo
  if (!imap) throw new Error('this house has no IMAP')
  return new ImapFlow({ ...at(imap), auth: { user: address, pass: secret }, logger: false, tls: { rejectUnauthorized: false } })
}

export function mailClient(person: Person, secret: string): MailClient {
  if (demo.mailCore === 'embedded') {
    const appPasswords = postgresAppPasswords(sql)
    return { signsIn: () => appPasswords.login({ address: person.address, secret, protocol: 'imap', ip: '10.20.30.40' }) }
  }
  return {
    async signsIn() {
      const client = imapClient(person, secret)
      client.on('error', () => {})
      try {
        await client.connect()
        await client.logout()
        return true
      } catch (error) {
        if (error instanceof Error && 'authenticationFailed' in error) return false
        throw error
      }
    },
  }
}

/** Sends a letter to oneself through submission, as a mail client does. */
export async function sendToSelf({ address }: Person, secret: string, subject: string): Promise<void> {
  const { submission } = demo
  if (!submission) throw new Error('this house has no submission')
  const transport = createTransport({ ...at(submission), auth: { user: address, pass: secret }, tls: { rejectUnauthorized: false } })
  await transport.sendMail({ from: address, to: address, subject, text: 'A letter to oneself.' })
  transport.close()
}
