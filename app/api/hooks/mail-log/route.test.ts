import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'

const TOKEN = 'a-token-of-a-log-shipper-with-48-characters-12345'
const LINE = 'Nov 25 16:52:14 mail postfix/smtpd[27335]: connect from localhost[127.0.0.1]\n'

let database: TestDatabase
let POST: (request: Request) => Promise<Response>
beforeAll(async () => {
  database = await createTestDatabase()
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('MAIL_LOG_TOKEN', TOKEN)
  vi.resetModules()
  POST = (await import('./route.ts')).POST
})
afterAll(async () => {
  const { resources } = await import('#lib/platform/context.ts')
  await resources().db.$client.end()
  await database.drop()
  vi.unstubAllEnvs()
})

function push(query: string, body: BodyInit, token = TOKEN): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return POST(new Request(`https://mail.yunling.example/api/hooks/mail-log?${query}`, { method: 'POST', body, headers }))
}

describe('Lines of a mail log', () => {
  test('are taken once, however often they are sent, and the answer says from where to go on', async () => {
    expect(await (await push('source=mx1&offset=0', LINE)).json()).toEqual({ offset: LINE.length })
    expect(await (await push('source=mx1&offset=0', LINE)).json()).toEqual({ offset: LINE.length })
    expect(await (await push(`source=mx1&offset=${LINE.length + 999}`, LINE)).json()).toEqual({ offset: LINE.length })
  })

  test('that are no UTF-8 are counted in octets, as the file counts them', async () => {
    const octets = Buffer.concat([Buffer.from(LINE), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('\n')])
    expect(await (await push('source=mx2&offset=0', octets)).json()).toEqual({ offset: octets.length })
  })

  test.each(['', 'x', randomBytes(24).toString('hex')])('are refused from whoever holds the token %j', async (token) => {
    expect((await push('source=mx1&offset=0', LINE, token)).status).toBe(401)
  })

  test.each(['', 'source=mx1', 'source=../x&offset=0', 'source=mx1&offset=-1', 'source=mx1&offset=1e99', 'source=MX&offset=0'])(
    'are refused with %j',
    async (query) => {
      expect((await push(query, LINE)).status).toBe(400)
    },
  )

  test('are refused when they are too many for one call', async () => {
    expect((await push('source=mx1&offset=0', Buffer.alloc(4 * 2 ** 20 + 1, LINE))).status).toBe(413)
  })
})
