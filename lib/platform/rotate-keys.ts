import postgres from 'postgres'
import type { Sql } from '#db/client.ts'
import { phoneContext as boundPhoneContext } from './bound-phone.ts'
import { open, seal } from './crypto.ts'
import { env } from './env.ts'
import { tokenContext } from './notices/enqueue.ts'
import { logoutContext } from './session.ts'
import { bodyContext, phoneContext } from './sms/enqueue.ts'
import { secretContext } from './webhooks/signature.ts'

/** A place where texts stand sealed. */
interface Sealed {
  table: string
  /** The primary key. */
  key: string
  /** SQL that gives the sealed bytes, and the assignment that puts others (`$1`) there. */
  read: string
  write: string
  context: (row: Row) => string
  /** What belongs to the site has none. */
  mailbox: 'mailbox' | 'null'
}

interface Row {
  key: string
  mailbox: string
  sealed: Uint8Array
}

const column = (table: string, key: string, name: string, context: Sealed['context'], mailbox: Sealed['mailbox'] = 'mailbox'): Sealed => ({
  ...{ table, key, context, mailbox },
  read: name,
  write: `${name} = $1`,
})

/** Every place where PHONE_KEYS seals, but for sign-ins under way at a SAML provider, which live for an hour. */
const PLACES: Sealed[] = [
  column('phones', 'mailbox', 'number_cipher', ({ mailbox }) => boundPhoneContext(mailbox)),
  column('phones', 'mailbox', 'previous_cipher', ({ mailbox }) => boundPhoneContext(mailbox)),
  column('phone_flows', 'id', 'number_cipher', ({ mailbox }) => boundPhoneContext(mailbox)),
  column('sms_messages', 'id', 'phone_cipher', ({ key }) => phoneContext(key)),
  column('sms_messages', 'id', 'body_cipher', ({ key }) => bodyContext(key)),
  column('sessions', 'id', 'logout_hint', ({ mailbox }) => logoutContext(mailbox)),
  column('webhooks', 'id', 'secret', ({ key }) => secretContext(key), 'null'),
  column('webhooks', 'id', 'previous_secret', ({ key }) => secretContext(key), 'null'),
  {
    ...{ table: 'notices', key: 'id', mailbox: 'mailbox' },
    read: `decode(params ->> 'cancelToken', 'base64')`,
    write: `params = jsonb_set(params, '{cancelToken}', to_jsonb(translate(encode($1, 'base64'), E'\\n', '')))`,
    context: ({ key }) => tokenContext(key),
  },
]

export interface Rotation {
  place: string
  resealed: number
  /** Sealed with a key that is not in PHONE_KEYS, or damaged; left as they are. */
  unreadable: number
}

const BATCH = 500

/**
 * Seals everything anew under the first key of PHONE_KEYS, while the portal runs. Running it again does what is left. Once nothing
 * is, and an hour has passed, the old keys can be taken away.
 */
export async function rotateKeys(sql: Sql): Promise<Rotation[]> {
  const rotations: Rotation[] = []
  for (const place of PLACES) rotations.push(await rotate(sql, place))
  return rotations
}

async function rotate(sql: Sql, place: Sealed): Promise<Rotation> {
  const { table, key, mailbox, read } = place
  const rotation = { place: `${table}: ${read}`, resealed: 0, unreadable: 0 }
  const current = Buffer.from(env().PHONE_KEYS[0]?.id ?? '')
  const prefix = Buffer.concat([Buffer.from([current.length]), current])
  const rest = sql.unsafe<Row[]>(
    `select ${key}::text as key, ${mailbox} as mailbox, ${read} as sealed from ${table} where substring(${read} from 1 for ${prefix.length}) <> $1`,
    [prefix],
  )
  for await (const rows of rest.cursor(BATCH)) {
    await sql.begin(async (tx) => {
      const outcomes = await Promise.all(rows.map((row) => resealRow(tx, place, row)))
      for (const outcome of outcomes) rotation[outcome] += 1
    })
  }
  return rotation
}

/** A row that the portal changes meanwhile is sealed under the current key by that. */
async function resealRow(tx: postgres.TransactionSql, { table, key, read, write, context }: Sealed, row: Row) {
  let plain: string
  try {
    plain = open(row.sealed, context(row))
  } catch {
    return 'unreadable' as const
  }
  const sealed = Buffer.from(seal(plain, context(row)))
  await tx.unsafe(`update ${table} set ${write} where ${key} = $2 and ${read} = $3`, [sealed, row.key, Buffer.from(row.sealed)])
  return 'resealed' as const
}

if (import.meta.main) {
  const sql = postgres(env().DATABASE_URL, { max: 2 })
  const rotations = await rotateKeys(sql)
  await sql.end()
  for (const { place, resealed, unreadable } of rotations)
    console.log(`${place}: ${resealed} sealed anew${unreadable > 0 ? `, ${unreadable} open with no key of PHONE_KEYS` : ''}`)
  process.exitCode = rotations.some(({ unreadable }) => unreadable > 0) ? 1 : 0
}
