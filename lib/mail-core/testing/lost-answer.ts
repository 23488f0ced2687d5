import { connect, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, TLSSocket } from 'node:tls'
import type { Endpoint } from '../endpoint.ts'
import { serve } from './tcp-server.ts'

/** Certificate and key of a server that speaks TLS from the first byte, to stand in for it. */
export interface ServerTls {
  cert: string
  key: string
}

/** Whether this is the request that is to stay without an answer. */
export type IsChange = (request: Buffer) => boolean

/**
 * A way to `server`, until the end of the test, on which one thing is lost: the answer to a change. The request arrives;
 * when the server has answered, the connection ends. Each connection asks for an `IsChange` of its own.
 */
export function losingAnswers(server: { host: string; port: number }, isChange: () => IsChange, tls?: ServerTls): Promise<Endpoint> {
  return serve((socket) => {
    const near = tls ? new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) }) : socket
    const far = tls ? connectTls({ ...server, ca: tls.cert }) : connect(server)
    forward(near, far, isChange())
  })
}

function forward(near: Socket, far: Socket, isChange: IsChange): void {
  let lost = false
  for (const socket of [near, far]) socket.on('error', () => {})
  near.on('data', (data) => {
    lost ||= isChange(data)
    far.write(data)
  })
  far.on('data', (data) => (lost ? near.destroy() : near.write(data)))
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
}
