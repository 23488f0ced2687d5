import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isPwned } from './pwned-passwords.ts'

// SHA-1 of "password".
const [PREFIX, SUFFIX] = ['5BAA6', '1E4C9B93F3F0682250B6CF8331B7EE68FD8']
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function service(answer: (response: ServerResponse) => void) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(response)
  })
  stops.push(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

test('T13 a breached password is known by the range of its hash, of which 5 digits go out', async () => {
  const { url, asked } = await service((response) => response.end(`00000${SUFFIX.slice(5)}:3\r\n${SUFFIX}:52579\r\n`))
  expect(await isPwned(url, 'password')).toBe(true)
  expect(await isPwned(url, 'kestrel-vq7-aum')).toBe(false)
  expect(asked[0]).toMatchObject({ method: 'GET', url: `/range/${PREFIX}`, headers: { 'add-padding': 'true' } })
  for (const { url: path, rawHeaders } of asked) expect([path, ...rawHeaders].join()).not.toMatch(/password|kestrel|1E4C9/i)
})

test.each([
  ['is padding', (response: ServerResponse) => response.end(`${SUFFIX}:0\r\n`)],
  ['is an error', (response: ServerResponse) => response.writeHead(503).end(`${SUFFIX}:52579`)],
  ['sends elsewhere', (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['breaks off', (response: ServerResponse) => response.destroy()],
  ['does not end', (response: ServerResponse) => response.write('x')],
  ['has no end', (response: ServerResponse) => response.end('x'.repeat(1_000_001))],
  ['is a page', (response: ServerResponse) => response.end('<html>')],
])('an answer that %s means that the password is not known', async (_, answer) => {
  const { url } = await service(answer)
  expect(await isPwned(url, 'password')).toBe(false)
})

test('nobody there means that the password is not known', async () => {
  expect(await isPwned('http://127.0.0.1:1', 'password')).toBe(false)
})
