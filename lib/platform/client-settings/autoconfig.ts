import { escapeXml } from './escape-xml.ts'
import type { ClientServer, ClientSite } from './site.ts'

/** The client puts the address itself in its place: the answer is the same for everybody. */
const ADDRESS = '%EMAILADDRESS%'

/** For Thunderbird and those that ask as it does (draft-ietf-mailmaint-autoconfig). */
export function autoconfigXml({ name, domains, servers, portalUrl }: ClientSite): string {
  const help = escapeXml(`${portalUrl}/client-setup`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="${escapeXml(domains[0])}">
${domains.map((domain) => `    <domain>${escapeXml(domain)}</domain>`).join('\n')}
    <displayName>${escapeXml(name.zh)}</displayName>
    <displayShortName>${escapeXml(name.zh)}</displayShortName>
${servers.map(serverXml).join('\n')}
    <documentation url="${help}">
      <descr lang="zh-CN">${escapeXml(name.zh)}</descr>
      <descr lang="en">${escapeXml(name.en)}</descr>
    </documentation>
  </emailProvider>
</clientConfig>
`
}

function serverXml({ protocol, host, port, security }: ClientServer): string {
  const element = protocol === 'smtp' ? 'outgoingServer' : 'incomingServer'
  return `    <${element} type="${protocol}">
      <hostname>${escapeXml(host)}</hostname>
      <port>${port}</port>
      <socketType>${security === 'tls' ? 'SSL' : 'STARTTLS'}</socketType>
      <authentication>password-cleartext</authentication>
      <username>${ADDRESS}</username>
    </${element}>`
}
