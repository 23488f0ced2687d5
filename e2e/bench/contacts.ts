import { randomBytes } from 'node:crypto'
import { connect, connectSql, type Sql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { median } from '#e2e/bench-numbers.ts'

/**
 * 10,000 contacts imported from a file of Foxmail's, compared with the same rows sent and stored as they are; and a search
 * of them by pinyin, compared with reading all of them. Prints a line for each, and says whether they are within their limits.
 */
const CONTACTS = 10_000
const OTHERS = 20
const ROUNDS = 40
const IMPORT = { wanted: 5_000, most: 20 }
const SEARCH = { wanted: 50, most: 1 }
const MOST_GROWTH_MB = 150
const MAILBOX = 'lin@yunling.example'
const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const GIVEN = '伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉'

// What env() asks for, before anything reads it.
const secret = () => randomBytes(32).toString('base64')
const settings = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'posthouse', OIDC_CLIENT_SECRET: 'not-a-secret', LOG_LEVEL: 'silent' }
Object.assign(process.env, {
  ...{ NODE_ENV: 'test', PUBLIC_URL: 'http://127.0.0.1:3000', DATABASE_URL: 'postgres://127.0.0.1:1/unused', DEMO: '1' },
  ...{ SESSION_SECRET: secret(), AUDIT_KEY: secret(), PHONE_INDEX_KEY: secret(), PHONE_KEYS: `k1:${secret()}`, ...settings },
})
const { createMailCore } = await import('#lib/mail-core/index.ts')
const contacts = await import('#lib/features/contacts/operations.ts')
const { taskList } = await import('#lib/worker.ts')

const nameOf = (n: number) => [SURNAMES[n % 20], GIVEN[Math.floor(n / 20) % 24], GIVEN[Math.floor(n / 480) % 24]].join('')

function file(of: string, count: number): Buffer {
  const rows = Array.from(
    { length: count },
    (_, n) => `${nameOf(n)},${of}${n}@partner.example,138${String(n).padStart(8, '0')},云岭大学${n % 50}学院,教授,备注 ${n}`,
  )
  return Buffer.from(`姓名,电子邮件地址,手机,公司,职位,附注\r\n${rows.join('\r\n')}\r\n`)
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

type On = Parameters<typeof taskList>[0]

/** Through the one door as a person does it: handed in, looked at, imported; the worker's part is done at once. */
async function bringIn(on: On, mailbox: string, content: Buffer) {
  const actor = { kind: 'user' as const, mailbox, name: mailbox, sessionId: crypto.randomUUID(), authAge: 0 }
  const caller = { actor, request: { ip: '10.0.0.1', userAgent: null, locale: 'en' as const }, ownOrigin: true }
  const done = <T>(result: { ok: true; data: T } | { ok: false; code: string }): T => {
    if (!result.ok) throw new Error(result.code)
    return result.data
  }
  const upload = { mailbox, name: 'foxmail.csv', content: content.toString('base64') }
  const { file } = done(await contacts.uploadFileOperation.execute(caller, upload, on))
  const previewed = await time(async () => done(await contacts.previewFileOperation.execute(caller, { mailbox, file }, on)))
  const wish = { mailbox, files: [{ file, group: 'Foxmail' }], duplicates: 'merge' }
  let id = ''
  const started = await time(async () => {
    id = done(await contacts.importFilesOperation.execute(caller, wish, on)).id
  })
  const worked = await time(async () => taskList(on)['contacts.import']?.({ mailbox, id }, {} as never))
  const report = done(await contacts.showImportOperation.execute(caller, { mailbox, id }, on))
  if (report.state !== 'done' || report.added !== report.total) throw new Error(JSON.stringify({ ...report, files: [] }))
  return { previewed, imported: started + worked }
}

/** The very same rows, sent as they are and put into a table of the same shape. */
async function bare(owner: Sql): Promise<number> {
  const rows = await owner`
    select mailbox, store, id, version, card, groups, sort_key, search, written_at from contacts where mailbox = ${MAILBOX}`
  await owner`create temp table bare (like contacts including all)`
  const took = await time(() =>
    owner.begin(async (tx) => {
      for (let from = 0; from < rows.length; from += 1_000)
        await tx`insert into bare select * from jsonb_populate_recordset(null::bare, ${tx.json(rows.slice(from, from + 1_000) as never)})`
    }),
  )
  await owner`drop table bare`
  return took
}

/** `wanted`: milliseconds on two cores that do nothing else; the verdict is by the ratio. */
function report(what: string, ours: number, bareName: string, theirs: number, { wanted, most }: { wanted: number; most: number }): void {
  const ratio = ours / theirs
  console.log(
    `  ${what} ${ours.toFixed(1)} ms of ${wanted}; ${bareName} ${theirs.toFixed(1)} ms; ratio ${ratio.toFixed(2)}, ${ratio <= most ? 'within' : 'over'} the limit of ${most}`,
  )
  if (ratio > most) process.exitCode = 1
}

/** The most that the heap held meanwhile, above what it held before. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  await work()
  clearInterval(watching)
  return (most - before) / 1_000_000
}

const { server, stop } = await startTestServer()
const database = await createTestDatabase(server)
const sql = connectSql(database.url, { max: 4 })
const owner = connectSql(database.ownerUrl, { max: 1 })
const db = connect(database.url, { max: 4 })
const mail = createMailCore({
  sql,
  ...{ directory: 'sql', mailbox: 'embedded', appPasswords: 'postgres', trace: 'embedded', senderRules: 'embedded' },
  ...{ filter: 'embedded', delivery: 'embedded', addressBook: 'embedded', quarantine: { judge: 'embedded', heldDays: 30 } },
})
const on = { db, mail }
try {
  console.log(`contacts, ${CONTACTS} in a file, ${OTHERS} other mailboxes with 1,000 each`)
  for (let n = 0; n < OTHERS; n++) await bringIn(on, `user${n}@yunling.example`, file(`user${n}.`, 1_000))
  const took = { previewed: 0, imported: 0 }
  const grown = await growthOf(async () => Object.assign(took, await bringIn(on, MAILBOX, file('lin.', CONTACTS))))
  await owner`analyze contacts`
  const inserted = median([await bare(owner), await bare(owner), await bare(owner)])
  console.log(`  looked at ${took.previewed.toFixed(0)} ms; the process grew by ${grown.toFixed(0)} MB, limit ${MOST_GROWTH_MB}`)
  if (grown > MOST_GROWTH_MB) process.exitCode = 1
  report(`${CONTACTS} imported`, took.imported, 'bare insert', inserted, IMPORT)
  const times = { search: [] as number[], read: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const query = { text: ['wfw', 'zhangwei', '学院', 'lin.77', '1380000'][round % 5] as string }
    times.search.push(
      await time(() => Promise.all([mail.addressBook.list(MAILBOX, { ...query, limit: 50 }), mail.addressBook.count(MAILBOX, query)])),
    )
    times.read.push(await time(() => sql`select id, version, card, groups from contacts where mailbox = ${MAILBOX}`))
  }
  report('a page found and counted', median(times.search), 'all of them read', median(times.read), SEARCH)
} finally {
  await Promise.all([sql.end(), owner.end(), db.$client.end()])
  await database.drop()
  await stop()
}
