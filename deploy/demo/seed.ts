import { sql } from 'drizzle-orm'
import { insertSenderRule } from '#db/factories.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { endingIndex, phoneContext } from '#lib/platform/bound-phone.ts'
import type { Resources } from '#lib/platform/context.ts'
import { blindIndex, randomToken, seal, sha256 } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { seedDeleted } from './deleted.ts'
import { seedFigures, seedRequests } from './figures.ts'
import { letterOf, lettersFor } from './letters.ts'
import { type DemoPerson, PEOPLE } from './people.ts'
import { seedReceived } from './received.ts'
import { seedSent } from './sent.ts'

const QUOTA_BYTES = 50 * 2 ** 30

/** Fills what is empty; what a person has changed since stays as it is. */
export async function seed(on: Resources): Promise<void> {
  const now = new Date()
  for (const person of PEOPLE) {
    if (env().DIRECTORY === 'sql') await seedAccount(on, person)
    await seedPhone(on, person)
    await seedMail(on, person, now)
    await seedReceived(on, person.address, now)
  }
  await seedRequests(
    on,
    // Staff do not decide what their colleagues ask for.
    PEOPLE.slice(1)
      .filter(({ role }) => role === 'user')
      .map(({ address }) => address),
  )
  await seedFigures(on, now)
  await seedSent(on, { address: 'zhang.wei@yunling.example', name: '张伟' }, now)
  await seedAppPasswords(on, 'zhang.wei@yunling.example')
  await seedDeleted(on, 'zhang.wei@yunling.example', now)
  await seedSignIns(on, 'lin.yue@yunling.example')
  await seedSenders(on, 'lin.yue@yunling.example')
  await on.db.execute(sql`
    insert into site_contacts (hotline_zh, hotline_en, mobile, mail, hours_zh, hours_en)
    values ('校内6120 · 010 5550 6120', '6120 on campus · +86 10 5550 6120', '138 7100 6120', 'service@yunling.example', '每天24小时', '24 hours a day')
    on conflict do nothing`)
  await on.db.execute(sql`
    insert into announcements (title_zh, title_en, body_zh, body_en, starts_at, ends_at)
    select '今晚23:00至24:00维护', 'Maintenance tonight, 23:00 to 24:00', '来信会晚到，不会丢。', 'Mail may be late; none is lost.', now(), now() + interval '30 days'
    where not exists (select from announcements)`)
}

async function seedAccount({ db }: Resources, { password, groups, ...person }: DemoPerson): Promise<void> {
  const { address, login, name, nameEn, number, unit, officePhone } = person
  const [known] = await db.execute(sql`select from directory_accounts where address = ${address}`)
  if (known) return
  const list = sql`array[${sql.join(
    groups.map((group) => sql`${group}`),
    sql`, `,
  )}]::text[]`
  await db.execute(sql`
    insert into directory_accounts (address, login, name, name_en, number, unit, office_phone, password_hash, password_changed_at, groups)
    values (${address}, ${login}, ${name}, ${nameEn}, ${number}, ${unit}, ${officePhone}, ${await hashPassword(password)}, now() - interval '142 days', ${list})`)
}

async function seedPhone({ db }: Resources, { address, phone, bound }: DemoPerson): Promise<void> {
  await db.execute(sql`insert into mail_accounts (mailbox, app_passwords_on) values (${address}, ${bound}) on conflict do nothing`)
  if (!bound) return
  await db.execute(sql`
    insert into phones (mailbox, number_cipher, number_index, ending_index, country, bound_at)
    values (${address}, ${seal(phone, phoneContext(address))}, ${blindIndex(phone)}, ${endingIndex(phone)}, 'CN', now() - interval '200 days')
    on conflict do nothing`)
}

async function seedMail({ db, mail }: Resources, { address }: DemoPerson, now: Date): Promise<void> {
  if (env().MAILBOX === 'embedded') {
    await db.execute(sql`insert into mailbox_quotas (address, limit_bytes) values (${address}, ${QUOTA_BYTES}) on conflict do nothing`)
  }
  const [newest] = await mail.mailbox.recent(address, { folder: 'INBOX', limit: 1 })
  if (newest) return
  for (const [number, { letter, receivedAt }] of lettersFor(address, now).reverse().entries()) {
    const { from, subject, text, seen } = letter
    const messageId = `<demo-${number}-${receivedAt.getTime()}@yunling.example>`
    const raw = letterOf({ from, to: address, subject, text, at: receivedAt, messageId })
    await mail.mailbox.append(address, 'INBOX', raw, { receivedAt, seen })
  }
}

/** Of every kind: in use, about to expire, never used, sending only. Nobody knows their secrets. */
async function seedAppPasswords({ db }: Resources, mailbox: string): Promise<void> {
  const [known] = await db.execute(sql`select from app_passwords where mailbox = ${mailbox}`)
  if (known) return
  const rows: [
    name: string,
    protocols: string,
    created: number,
    expires: number,
    used: [minutes: number, ip: string, protocol: string] | null,
  ][] = [
    ['办公室Outlook', '{imap,smtp}', 84, 6.5, [8, '10.21.4.18', 'imap']],
    ['iPhone', '{imap,smtp}', 174, 190, [2, '112.115.20.7', 'imap']],
    ['家里的Foxmail', '{imap,smtp}', 70, 110, [790, '112.115.88.3', 'imap']],
    ['实验室仪器报警', '{smtp}', 267, 97, [5_900, '10.40.7.9', 'smtp']],
    ['旧平板', '{pop3}', 300, 28, null],
  ]
  for (const [name, protocols, created, expires, used] of rows) {
    await db.execute(sql`
      insert into app_passwords (mailbox, name, digest, protocols, created_at, expires_at, last_used_at, last_used_ip, last_used_protocol)
      values (${mailbox}, ${name}, ${sha256(randomToken())}, ${protocols}::text[], now() - make_interval(days => ${created}::int),
        now() + ${`${expires} days`}::interval, ${used ? sql`now() - make_interval(mins => ${used[0]}::int)` : null}, ${used?.[1] ?? null}, ${used?.[2] ?? null})`)
  }
}

const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

/** Earlier sign-ins, one of them from a new place. */
async function seedSignIns({ db }: Resources, mailbox: string): Promise<void> {
  const [known] = await db.execute(sql`select from sessions where mailbox = ${mailbox}`)
  if (known) return
  const rows: [hours: number, ip: string, network: string, agent: string, unusual: boolean][] = [
    [72, '127.0.0.1', '本机|this machine', SAFARI, false],
    [19, '182.150.3.4', '成都|Chengdu', CHROME, true],
  ]
  for (const [hours, ip, network, agent, unusual] of rows) {
    const at = sql`now() - make_interval(hours => ${hours}::int)`
    await db.execute(sql`
      insert into sessions (mailbox, sid_hash, name, iss, sub, ip, network, user_agent, unusual, created_at, last_seen_at, ended_at, end_reason)
      values (${mailbox}, ${sha256(randomToken())}, '林悦', 'demo', 'lin.yue', ${ip}, ${network}, ${agent}, ${unusual}, ${at}, ${at}, ${at} + interval '1 hour', 'signed_out')`)
  }
}

/** Of every kind: an address that goes before its domain, one that ends, one that was often met, a domain of another script. */
async function seedSenders({ db }: Resources, mailbox: string): Promise<void> {
  const [known] = await db.execute(sql`select from sender_lists where mailbox = ${mailbox}`)
  if (known) return
  await insertSenderRule(db, {
    mailbox,
    sender: '@ynwater-journal.example',
    verdict: 'block',
    createdAgo: '83 days',
    hits: 41,
    hitAgo: '7 hours',
  })
  await insertSenderRule(db, {
    mailbox,
    sender: 'billing@ynwater-journal.example',
    verdict: 'allow',
    createdAgo: '60 days',
    hits: 3,
    hitAgo: '9 days',
  })
  await insertSenderRule(db, {
    mailbox,
    sender: '@hydro-society.example',
    verdict: 'allow',
    createdAgo: '200 days',
    hits: 12,
    hitAgo: '2 days',
  })
  await insertSenderRule(db, {
    mailbox,
    sender: 'recruit@conference-2026.example',
    verdict: 'block',
    createdAgo: '20 days',
    expiresIn: '9 days',
  })
  await insertSenderRule(db, { mailbox, sender: '@xn--fiq228c5hs.example', verdict: 'block', createdAgo: '12 days' })
  await db.execute(sql`update sender_lists set told_at = null where mailbox = ${mailbox}`)
}
