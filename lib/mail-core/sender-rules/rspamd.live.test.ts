import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createClient } from '@redis/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#deploy/local/ports.ts'
import { until } from '#deploy/local/process-table.ts'
import { describeSenderRules } from './contract.ts'
import { rspamdSenderRules } from './rspamd.ts'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
const MAILBOX = 'lin@yunling.example'
const ONE = new Map([['zhao@elsewhere.example', 'block']] as const)

async function startRedis(port: number): Promise<ChildProcess> {
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  })
  const rules = rspamdSenderRules({ redisUrl: `redis://127.0.0.1:${port}` })
  const answers = () =>
    rules.check().then(
      () => true,
      () => false,
    )
  if (!(await until(answers, 10_000))) throw new Error('redis-server does not answer')
  return server
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = once(server, 'exit')
  server.kill()
  await gone
}

describe.skipIf(!hasRedis)('Redis', () => {
  let server: ChildProcess
  let port: number
  let redisUrl: string
  beforeAll(async () => {
    port = await freePort()
    redisUrl = `redis://127.0.0.1:${port}`
    server = await startRedis(port)
  })
  afterAll(() => stop(server))

  describeSenderRules('rspamd', async () => ({
    senderRules: rspamdSenderRules({ redisUrl }),
    unreachable: rspamdSenderRules({ redisUrl: 'redis://127.0.0.1:1' }),
    save: async () => {},
  }))

  test('The hash is what the rule in Rspamd reads', async () => {
    await rspamdSenderRules({ redisUrl }).replace('Lin@Yunling.example', new Map([...ONE, ['@elsewhere.example', 'allow']]))
    const client = await createClient({ url: redisUrl }).connect()
    expect({ ...(await client.hGetAll(`posthouse:senders:${MAILBOX}`)) }).toEqual({
      'zhao@elsewhere.example': 'd',
      '@elsewhere.example': 'a',
    })
    client.destroy()
  })

  test('A Redis that was restarted is found again, and one that stands still is given up', async () => {
    const rules = rspamdSenderRules({ redisUrl, timeoutMs: 500 })
    await rules.replace(MAILBOX, ONE)
    await stop(server)
    await expect(rules.replace(MAILBOX, ONE)).rejects.toMatchObject({ code: 'unreachable' })
    server = await startRedis(port)
    expect(
      await until(
        () =>
          rules.replace(MAILBOX, ONE).then(
            () => true,
            () => false,
          ),
        5_000,
      ),
    ).toBe(true)

    server.kill('SIGSTOP')
    const calls = [rules.replace(MAILBOX, ONE), rules.verdictOf(MAILBOX, 'zhao@elsewhere.example'), rules.check()]
    const codes = (await Promise.allSettled(calls)).map((call) => call.status === 'rejected' && call.reason.code)
    server.kill('SIGCONT')
    expect(codes[0]).toBe('timeout')
    expect(codes.slice(1)).toEqual([expect.stringMatching(/timeout|unreachable/), expect.stringMatching(/timeout|unreachable/)])
    expect(await rules.verdictOf(MAILBOX, 'zhao@elsewhere.example')).toBe('block')
  })

  test('What Redis refuses is refused, without its words', async () => {
    const client = await createClient({ url: redisUrl }).connect()
    await client.configSet('requirepass', 'secret-of-redis')
    const failure = await rspamdSenderRules({ redisUrl })
      .check()
      .catch((error) => error)
    expect(failure).toMatchObject({ name: 'MailCoreError', code: 'refused', message: 'refused' })
    await rspamdSenderRules({ redisUrl: redisUrl.replace('//', '//:secret-of-redis@') }).check()
    await client.configSet('requirepass', '')
    client.destroy()
  })
})

describe('A hostile Redis', () => {
  const open: { server: Server; sockets: Set<Socket> }[] = []
  afterAll(() => {
    for (const { server, sockets } of open) {
      server.close()
      for (const socket of sockets) socket.destroy()
    }
  })
  async function urlOf(talk: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      talk(socket)
    }).listen(0, '127.0.0.1')
    open.push({ server, sockets })
    await once(server, 'listening')
    return `redis://127.0.0.1:${(server.address() as { port: number }).port}`
  }

  test.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => {}, 'timeout'],
    ['hangs up', (socket) => socket.destroy(), 'unreachable'],
    ['begins an answer and hangs up', (socket) => socket.once('data', () => socket.end('*3\r\n$4')), 'unreachable'],
    ['promises more than it says', (socket) => socket.on('data', () => socket.write('$999999999\r\nx')), 'timeout'],
  ])('that %s is given up', async (_, talk, code) => {
    const rules = rspamdSenderRules({ redisUrl: await urlOf(talk), timeoutMs: 300 })
    await expect(rules.replace(MAILBOX, ONE)).rejects.toMatchObject({ name: 'MailCoreError', code })
    await expect(rules.verdictOf(MAILBOX, 'zhao@elsewhere.example')).rejects.toMatchObject({ name: 'MailCoreError' })
  })

  test('that talks nonsense is given up', async () => {
    const rules = rspamdSenderRules({
      redisUrl: await urlOf((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad\r\n\r\n'))),
      timeoutMs: 300,
    })
    await expect(rules.check()).rejects.toMatchObject({ name: 'MailCoreError' })
  })
})
