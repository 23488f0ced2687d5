import { type APIRequestContext, request } from '@playwright/test'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { haveAppPassword, haveBoundPhone, type Say } from './errands.ts'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, certificate, demo, newPerson, ownOrigin } from './house.ts'
import { mailClient } from './mail-client.ts'

const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'

/** A mail client: no cookie, no page. */
const stranger = (): Promise<APIRequestContext> => request.newContext({ baseURL: demo.url })

interface Server {
  host: string
  port: number
  socketType: string
  user: string
}

/** Reads the answer as Thunderbird does. */
function serverIn(xml: string, type: string, address: string): Server {
  const block = new RegExp(`<(incoming|outgoing)Server type="${type}">.+?</\\1Server>`, 's').exec(xml)?.[0] ?? ''
  const of = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(block)?.[1] ?? ''
  const user = of('username').replace('%EMAILADDRESS%', address)
  return { host: of('hostname'), port: Number(of('port')), socketType: of('socketType'), user }
}

async function check(page: Parameters<typeof signIn>[0], secret: string, say: Say): Promise<void> {
  await page.getByLabel(say('授权密码', 'App password'), { exact: true }).fill(secret)
  await page.getByRole('button', { name: say('检查', 'Check'), exact: true }).click()
}

test('A person finds the guide for their client, and hears whether an app password works and why not', async ({ page, person, say }) => {
  await signIn(page, person)
  const secret = await haveAppPassword(page, person, 'ThinkPad')
  await page.goto('/client-setup?client=foxmail')
  await expect(page.getByRole('main').getByText(person.address).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: say('Outlook（经典）', 'Outlook (classic)') }).click()
  const drawing = page.getByRole('figure', { name: say('IMAP帐户设置', 'IMAP account settings') })
  await expect(drawing).toContainText(demo.mailCore === 'real' ? '127.0.0.1' : 'imap.yunling.example')
  await expectFits(page)

  await check(page, secret, say)
  await expect(page.getByText(say('“ThinkPad”能用', '“ThinkPad” works'))).toBeVisible()
  await expectAccessible(page)
  await check(page, person.password, say)
  await expect(page.getByText(say('这不是你的授权密码', 'This is not one of your app passwords'))).toBeVisible()
  await page.request.delete('/api/v1/mailboxes/me/app-passwords', { headers: ownOrigin })
  await check(page, secret, say)
  await expect(page.getByText(say('“ThinkPad”已撤销', '“ThinkPad” was revoked'))).toBeVisible()
  await expectFits(page)
  const audit = JSON.stringify(await auditOf(person.address))
  expect(audit).toContain('client-setup.check')
  for (const text of [secret, person.password]) expect(audit).not.toContain(text)

  await page
    .getByRole('link', { name: say('生成授权密码', 'Generate app password') })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('取消', 'Cancel') })
    .click()
  await page.getByRole('link', { name: say('回到客户端配置', 'Back to client set-up') }).click()
  await page.waitForURL('**/client-setup')
})

test('A mail client configures itself from the address alone, and signs in to receive and to send', async ({ page, person }) => {
  await signIn(page, person)
  const secret = await haveAppPassword(page, person, 'Thunderbird')
  const client = await stranger()
  const asked = async (path: string) => {
    const answer = await client.get(`${path}?emailaddress=${encodeURIComponent(person.address)}`)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toContain('xml')
    return answer.text()
  }
  const xml = await asked('/.well-known/autoconfig/mail/config-v1.1.xml')
  for (const other of ['/mail/config-v1.1.xml', '/.well-known/mail-v1.xml']) expect(await asked(other)).toBe(xml)
  const [imap, smtp] = [serverIn(xml, 'imap', person.address), serverIn(xml, 'smtp', person.address)]
  expect([imap.socketType, smtp.socketType]).toEqual(['SSL', 'SSL'])
  await client.dispose()

  // Without real servers their names lead nowhere; whether the app password is right, the mail core says.
  if (demo.mailCore === 'embedded') return expect(await mailClient(person, secret).signsIn()).toBe(true)
  const tls = { ca: certificate() }
  const reader = new ImapFlow({ ...imap, secure: true, auth: { user: imap.user, pass: secret }, tls, logger: false })
  await reader.connect()
  await reader.logout()
  if (demo.submission) {
    const sender = createTransport({ ...smtp, secure: true, auth: { user: smtp.user, pass: secret }, tls })
    expect(await sender.verify()).toBe(true)
    sender.close()
  }
})

test('T1 Outlook asks without a session and is answered alike for everybody, and not for another site', async ({ person }) => {
  const client = await stranger()
  const post = (path: string, data: string) => client.post(path, { data, headers: { 'content-type': 'text/xml' } })
  const ask = (address: string) =>
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${OUTLOOK}"><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`
  const answers = await Promise.all(
    ['/autodiscover/autodiscover.xml', '/Autodiscover/Autodiscover.xml', '/AUTODISCOVER/AUTODISCOVER.XML'].map(async (path) =>
      (await post(path, ask(person.address))).text(),
    ),
  )
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('<Type>IMAP</Type>')
  const unknown = await (await post('/autodiscover/autodiscover.xml', ask('nobody.here@yunling.example'))).text()
  expect(unknown).toBe(answers[0]?.replaceAll(person.address, 'nobody.here@yunling.example'))
  expect(await (await post('/autodiscover/autodiscover.xml', ask('lin@other.example'))).text()).toContain('<ErrorCode>500</ErrorCode>')
  expect(await (await client.get('/autodiscover/autodiscover.xml')).text()).toContain('<ErrorCode>600</ErrorCode>')
  expect((await post('/autodiscover/autodiscover.xml', 'x'.repeat(1_000_000))).status()).toBe(413)

  const url = `${demo.url}/autodiscover/autodiscover.xml`
  for (const path of [`.json/v1.0/${person.address}?Protocol=AutodiscoverV1`, `.json?Email=${person.address}&Protocol=autodiscoverv1`])
    expect(await (await client.get(`/autodiscover/autodiscover${path}`)).json()).toEqual({ Protocol: 'AutodiscoverV1', Url: url })
  expect((await client.get('/autodiscover/autodiscover.json/v1.0/lin@other.example?Protocol=AutodiscoverV1')).status()).toBe(404)
  // The draft names hosts at the usual ports alone, which the real servers of a demo do not have.
  expect((await client.get('/.well-known/user-agent-configuration.json')).status()).toBe(demo.mailCore === 'real' ? 404 : 200)
  await client.dispose()
})

test('T39 A phone gets a profile with a fresh app password inside, once, whoever looked at the link before', async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await page.request.post('/api/v1/mailboxes/me/app-passwords/switch', { headers: ownOrigin, data: { on: true } })
  await page.goto('/client-setup?client=ios')
  await page.getByRole('button', { name: say('连授权密码一起装', 'Include an app password') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('生成链接', 'Make the link') })
    .click()
  const link = page.getByRole('link', { name: say('就装在这台设备上', 'Download to this device') })
  await expect(link).toBeVisible()
  await expect(page.getByRole('img', { name: say('描述文件链接的二维码', 'QR code of the link to the profile') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  const phone = await stranger()
  const path = (await link.getAttribute('href')) ?? ''
  // Whoever looks at the link before the phone does takes nothing away.
  expect((await phone.head(path)).ok()).toBe(true)
  expect((await phone.get(path, { headers: { 'sec-purpose': 'prefetch' } })).status()).toBe(503)
  const answer = await phone.get(path)
  expect(answer.headers()['content-type']).toBe('application/x-apple-aspen-config')
  const secret = /<key>IncomingPassword<\/key>\s*<string>([a-z2-7]{24})</.exec(await answer.text())?.[1] ?? ''
  expect(await mailClient(person, secret).signsIn()).toBe(true)
  expect((await phone.get(path)).status()).toBe(410)
  await phone.dispose()
  const plain = await page.request.get('/client-setup/profile')
  expect(await plain.text()).not.toContain('<key>IncomingPassword<')
})

test('An administrator copies the DNS records and sees what is published; nobody else does', async ({ page, person, say }) => {
  const admin = await newPerson(['mail-admins'])
  await signIn(page, admin, '/client-setup')
  await page.getByRole('link', { name: say('管理员：DNS记录', 'Administrators: DNS records') }).click()
  await expect(page.getByRole('row').filter({ hasText: 'autoconfig.yunling.example' }).first()).toContainText(say('没有', 'Missing'))
  await expectAccessible(page)
  await expectFits(page)
  await page.context().clearCookies()
  await signIn(page, person, '/client-setup/dns')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('没有这个页面', 'There is no such page'))
})
