import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Reply {
  body: string
  type?: string
  status?: number
}

/** Answers `/p3/serviceValidate` as the test says, and as CAS does: a ticket is good once. */
export async function casServer() {
  const tickets = new Map<string, Reply>()
  const asked: URL[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://cas')
    asked.push(url)
    const ticket = url.searchParams.get('ticket') ?? ''
    const reply = tickets.get(ticket) ?? { body: FAILURE }
    tickets.delete(ticket)
    response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'application/soap+xml', location: '/elsewhere' })
    response.end(reply.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cas`,
    asked,
    issue: (ticket: string, reply: Reply | string) => tickets.set(ticket, typeof reply === 'string' ? { body: reply } : reply),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const inResponse = (content: string) => `<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>${content}</cas:serviceResponse>`

export const FAILURE = inResponse("<cas:authenticationFailure code='INVALID_TICKET'>gone</cas:authenticationFailure>")

export function success(user: string, attributes: [string, string][] = []): string {
  const list = attributes.map(([name, value]) => `<cas:${name}>${value}</cas:${name}>`).join('')
  return inResponse(
    `<cas:authenticationSuccess><cas:user>${user}</cas:user><cas:attributes>${list}</cas:attributes></cas:authenticationSuccess>`,
  )
}

export const logoutOf = (ticket: string) =>
  new URLSearchParams({
    logoutRequest: `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="LR-1" Version="2.0" IssueInstant="2026-01-01T00:00:00Z">
      <saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">@NOT_USED@</saml:NameID><samlp:SessionIndex>${ticket}</samlp:SessionIndex></samlp:LogoutRequest>`,
  })
