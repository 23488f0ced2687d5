import { createServer } from 'node:http'
import next from 'next'
import { ConfigurationError, env } from './platform/env.ts'
import { log } from './platform/log.ts'
import { PEER_HEADER } from './platform/request.ts'

/** The portal. Next alone would believe any X-Forwarded-For: here the socket's own address is written down first (T22). */
async function serve(): Promise<void> {
  const { HOST: hostname, PORT, PUBLIC_URL } = env()
  const app = next({ dev: process.env.NODE_ENV === 'development', hostname, port: PORT })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer((request, response) => {
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
    request.headers.host = new URL(PUBLIC_URL).host
    delete request.headers['x-forwarded-host']
    void handle(request, response)
  })
  server.on('upgrade', app.getUpgradeHandler())
  server.listen(PORT, hostname, () => log.info({ port: PORT }, 'portal ready'))
  const stop = () => {
    // What has begun is finished, so that no audit entry is left open.
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5_000).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}

serve().catch((error) => {
  console.error(error instanceof ConfigurationError ? error.message : error)
  process.exit(1)
})
