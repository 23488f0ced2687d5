import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { rspamdFilter } from './rspamd.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** Stands in for the controller. */
function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`))
  })
}

const RAW = Buffer.from('Subject: x\r\n\r\n\u00ff\r\n', 'latin1')
const filter = (url: string, timeoutMs = 2_000) => rspamdFilter({ url, password: 'secret', timeoutMs })

test('A mail is told octet for octet, to the one who knows the password', async () => {
  const heard: unknown[] = []
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push([request.method, request.url, request.headers.password, Buffer.concat(chunks)])
    response.end('{"success":true}')
  })
  await filter(url).learn(RAW, 'wanted')
  await filter(url).learn(RAW, 'unwanted')
  expect(heard).toEqual([
    ['POST', '/learnham', 'secret', RAW],
    ['POST', '/learnspam', 'secret', RAW],
  ])
})

test.each([
  [208, undefined],
  [204, undefined],
  [403, 'refused'],
  [400, 'refused'],
  [500, 'unreachable'],
  [503, 'unreachable'],
])('The answer %s', async (status, code) => {
  const url = await serve((_, response) => response.writeHead(status).end())
  const learnt = filter(url).learn(RAW, 'wanted')
  await (code
    ? expect(learnt).rejects.toMatchObject({ name: 'MailCoreError', code, message: code })
    : expect(learnt).resolves.toBeUndefined())
})

test('The password follows no redirection', async () => {
  const heard: string[] = []
  const other = await serve((request, response) => {
    heard.push(request.url ?? '')
    response.end()
  })
  const url = await serve((_, response) => response.writeHead(307, { location: `${other}/learnham` }).end())
  await expect(filter(url).learn(RAW, 'wanted')).rejects.toMatchObject({ code: 'unreachable' })
  expect(heard).toEqual([])
})

test('A server that says nothing is given up, one that talks without an end is cut off, one that is not there is unreachable', async () => {
  const silent = await serve(() => {})
  await expect(filter(silent, 300).learn(RAW, 'wanted')).rejects.toMatchObject({ code: 'timeout' })
  await expect(filter(silent, 300).check()).rejects.toMatchObject({ code: 'timeout' })
  const flood = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536))) {}
    }
    response.on('drain', more)
    more()
  })
  await expect(filter(flood).learn(RAW, 'wanted')).rejects.toMatchObject({ code: 'refused' })
  await expect(filter('http://127.0.0.1:1').check()).rejects.toMatchObject({ code: 'unreachable' })
})
