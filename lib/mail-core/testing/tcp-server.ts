import { createServer, type Server, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import type { Endpoint } from '../endpoint.ts'

const open: { server: Server; sockets: Set<Socket> }[] = []

afterEach(() => {
  for (const { server, sockets } of open.splice(0)) {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
})

/** A server that talks as told, until the end of the test, and all connections that it had. */
export function serve(talk: (socket: Socket) => void): Promise<Endpoint & { sockets: ReadonlySet<Socket> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket)
  })
  open.push({ server, sockets })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ host: '127.0.0.1', port: (server.address() as { port: number }).port, sockets }))
  })
}
