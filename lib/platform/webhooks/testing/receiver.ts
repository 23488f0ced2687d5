import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEndOfFile } from '../../testing/at-end.ts'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** A small receiver on loopback. `answer` decides how each request ends. */
export async function startReceiver(answer: (response: ServerResponse, received: Received) => void = (response) => response.end()) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      answer(response, one)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  atEndOfFile(async () => close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, close }
}
