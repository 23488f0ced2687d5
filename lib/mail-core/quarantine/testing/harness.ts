import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { embeddedDelivery } from '../../delivery/embedded.ts'
import { embeddedQuarantine } from '../embedded.ts'
import { postfixQuarantine } from '../postfix.ts'
import type { QuarantineHarness } from './house.ts'

export const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

const LISTEN = { host: '127.0.0.1', port: 0 }

async function makeHarness(adapter: typeof postfixQuarantine) {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const delivery = embeddedDelivery(sql)
  const config = { listen: LISTEN, delivery, heldDays: 30 }
  return {
    databaseUrl: database.url,
    sql,
    delivery,
    make: (over = {}) => adapter({ ...config, sql, ...over }),
    unreachable: adapter({ ...config, sql: nowhere }),
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  } satisfies Partial<QuarantineHarness> & { databaseUrl: string }
}

/** What Rspamd prepends. */
export const judgedByRspamd: QuarantineHarness['judged'] = (verdict, raw) =>
  Buffer.concat([Buffer.from(`X-Portal-Quarantine: verdict=${verdict}; score=9.10; required=8.00; auth=none\r\n`), raw])

export const postfixHarness = async () => ({
  ...(await makeHarness(postfixQuarantine)),
  judged: judgedByRspamd,
  verdicts: ['none', 'spam', 'phishing', 'malware'] satisfies QuarantineHarness['verdicts'],
})

export const embeddedHarness = async () => ({
  ...(await makeHarness(embeddedQuarantine)),
  judged: ((verdict, raw) => {
    const text = { none: '', spam: GTUBE, malware: EICAR, phishing: '' }[verdict]
    return Buffer.concat([raw, Buffer.from(`${text}\r\n`)])
  }) satisfies QuarantineHarness['judged'],
  verdicts: ['none', 'spam', 'malware'] satisfies QuarantineHarness['verdicts'],
})
