import { children, isElement, parseXml, textOf, XmlRefused } from '../xml.ts'
import { escapeXml } from './escape-xml.ts'
import type { ClientServer, ClientSite } from './site.ts'

const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const ENVELOPE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006'
const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'

/** Codes of MS-OXDSCLI: what was asked cannot be read, is of another service, or is about an address elsewhere. */
export const AUTODISCOVER_ERRORS = {
  invalid_request: { code: 600, message: 'Invalid Request' },
  not_provided: { code: 601, message: 'The requested response schema is not available' },
  not_here: { code: 500, message: 'The address is not in a domain of this site' },
} as const
export type AutodiscoverError = keyof typeof AUTODISCOVER_ERRORS

/** What Outlook posts: the address, or why it gets no settings. */
export function readAutodiscover(body: string): { address: string } | { error: AutodiscoverError } {
  try {
    const root = parseXml(body)
    if (!isElement(root, REQUEST, 'Autodiscover')) return { error: 'invalid_request' }
    const [request] = children(root, REQUEST, 'Request')
    if (!request) return { error: 'invalid_request' }
    const of = (name: string) => textOf(children(request, REQUEST, name)[0])
    if ((of('AcceptableResponseSchema') ?? OUTLOOK) !== OUTLOOK) return { error: 'not_provided' }
    const address = of('EMailAddress')
    return address ? { address } : { error: 'invalid_request' }
  } catch (error) {
    if (error instanceof XmlRefused) return { error: 'invalid_request' }
    throw error
  }
}

/** The settings as Outlook reads them (MS-OXDSCLI, “POX”). */
export function autodiscoverXml({ servers }: Pick<ClientSite, 'servers'>, address: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="${ENVELOPE}">
  <Response xmlns="${OUTLOOK}">
    <Account>
      <AccountType>email</AccountType>
      <Action>settings</Action>
${servers.map((server) => protocolXml(server, address)).join('\n')}
    </Account>
  </Response>
</Autodiscover>
`
}

function protocolXml({ protocol, host, port, security }: ClientServer, address: string): string {
  const lines = [
    `<Type>${protocol.toUpperCase()}</Type>`,
    `<Server>${escapeXml(host)}</Server>`,
    `<Port>${port}</Port>`,
    `<LoginName>${escapeXml(address)}</LoginName>`,
    '<DomainRequired>off</DomainRequired>',
    '<SPA>off</SPA>',
    '<SSL>on</SSL>',
    // It takes the place of SSL: here TLS is what a client asks for, after it has connected.
    ...(security === 'starttls' ? ['<Encryption>TLS</Encryption>'] : []),
    '<AuthRequired>on</AuthRequired>',
    ...(protocol === 'smtp' ? ['<UsePOPAuth>on</UsePOPAuth>', '<SMTPLast>off</SMTPLast>'] : []),
  ]
  return `      <Protocol>\n${lines.map((line) => `        ${line}`).join('\n')}\n      </Protocol>`
}

export function autodiscoverErrorXml(error: AutodiscoverError): string {
  const { code, message } = AUTODISCOVER_ERRORS[error]
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="${ENVELOPE}">
  <Response>
    <Error Time="00:00:00.0000000" Id="0">
      <ErrorCode>${code}</ErrorCode>
      <Message>${message}</Message>
      <DebugData />
    </Error>
  </Response>
</Autodiscover>
`
}
