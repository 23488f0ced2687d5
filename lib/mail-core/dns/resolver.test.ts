import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import { resolverDns } from './resolver.ts'

const TYPES = { A: 1, CNAME: 5, TXT: 16, AAAA: 28, SRV: 33 } as const

/** A name server of one zone: the answer's data by question, a code where it fails, and silence where it has none. */
type Zone = Record<string, Buffer[] | 'nxdomain' | 'servfail'>

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

async function serve(zone: Zone): Promise<string> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.on('message', (query, { port, address }) => {
    const answer = answerTo(query, zone)
    if (answer) socket.send(answer, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

/** RFC 1035 section 4: header, question, answers that point back at the question's name. */
function answerTo(query: Buffer, zone: Zone): Buffer | null {
  let at = 12
  const labels: string[] = []
  for (let length = query[at] as number; length > 0; length = query[at] as number) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const type = query.readUInt16BE(at + 1)
  const name = Object.entries(TYPES).find(([, code]) => code === type)?.[0]
  const found = zone[`${labels.join('.')} ${name}`]
  if (!found) return null
  const header = Buffer.from(query.subarray(0, 12))
  header.writeUInt16BE(found === 'nxdomain' ? 0x8183 : found === 'servfail' ? 0x8182 : 0x8180, 2)
  const records = Array.isArray(found) ? found : []
  header.writeUInt16BE(records.length, 6)
  header.writeUInt32BE(0, 8)
  const answers = records.map((data) => {
    const head = Buffer.alloc(12)
    head.writeUInt16BE(0xc00c, 0)
    head.writeUInt16BE(type, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(data.length, 10)
    return Buffer.concat([head, data])
  })
  return Buffer.concat([header, query.subarray(12, at + 5), ...answers])
}

const nameData = (name: string) =>
  Buffer.concat([...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])])
const srvData = (numbers: [number, number, number], name: string) => {
  const head = Buffer.alloc(6)
  numbers.forEach((number, index) => {
    head.writeUInt16BE(number, index * 2)
  })
  return Buffer.concat([head, nameData(name)])
}
const textData = (...pieces: string[]) =>
  Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])))

describe('What is published', () => {
  test('is read as a zone file would have it', async () => {
    const server = await serve({
      '_imaps._tcp.yunling.example SRV': [srvData([0, 1, 993], 'imap.yunling.example')],
      'autoconfig.yunling.example CNAME': [nameData('mailhelp.yunling.example')],
      '_ua-auto-config.yunling.example TXT': [textData('v=UAAC1; ', 'a=sha256')],
      'mailhelp.yunling.example A': [Buffer.from([192, 0, 2, 7])],
      'mailhelp.yunling.example AAAA': [Buffer.from('20010db8000000000000000000000007', 'hex')],
    })
    const { lookUp } = resolverDns({ servers: [server] })
    expect(await lookUp('_imaps._tcp.yunling.example', 'SRV')).toEqual(['0 1 993 imap.yunling.example.'])
    expect(await lookUp('autoconfig.yunling.example', 'CNAME')).toEqual(['mailhelp.yunling.example.'])
    expect(await lookUp('_ua-auto-config.yunling.example', 'TXT')).toEqual(['v=UAAC1; a=sha256'])
    expect(await lookUp('mailhelp.yunling.example', 'A')).toEqual(['192.0.2.7'])
    expect(await lookUp('mailhelp.yunling.example', 'AAAA')).toEqual(['2001:db8::7'])
  })

  test('is nothing where there is no such name, or no such record of it', async () => {
    const server = await serve({ 'a.yunling.example SRV': 'nxdomain', 'b.yunling.example SRV': [] })
    const { lookUp } = resolverDns({ servers: [server] })
    expect(await lookUp('a.yunling.example', 'SRV')).toEqual([])
    expect(await lookUp('b.yunling.example', 'SRV')).toEqual([])
  })

  test('is not known where the server fails or keeps silent', async () => {
    const server = await serve({ 'a.yunling.example TXT': 'servfail' })
    await expect(resolverDns({ servers: [server] }).lookUp('a.yunling.example', 'TXT')).rejects.toMatchObject({ code: 'unreachable' })
    const impatient = resolverDns({ servers: [server], timeoutMs: 100 })
    await expect(impatient.lookUp('silent.yunling.example', 'TXT')).rejects.toMatchObject({ name: 'MailCoreError', code: 'timeout' })
  })
})
