import { createServer } from 'node:net'

/** A port on 127.0.0.1 that nobody listens on: `wanted` or the next above it, without `wanted` any. */
export async function freePort(wanted = 0): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    const found = await tryPort(port)
    if (found) return found
  }
  throw new Error(`No port from ${wanted} upwards is free`)
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : null))
    })
  })
}
