import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { newPerson, ownOrigin, sql, until } from './house.ts'
import { MALWARE, mailFromOutside } from './mail-client.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** Malware that is held for somebody, who asks for it. */
async function askForRelease(page: Page): Promise<void> {
  const person = await newPerson()
  const subject = `稿件 ${Date.now().toString(36)}`
  await mailFromOutside({ from: 'editor@ynwater-journal.example', to: [person.address], subject, text: MALWARE })
  const id = await until(async () => {
    const [row] = await sql<{ id: string }[]>`select queue_id as id from quarantine where mailbox = ${person.address}`
    return row?.id
  })
  await signIn(page, person)
  const asked = { ids: [id], reason: 'I know the sender' }
  const answer = await page.request.post('/api/v1/mailboxes/me/received/request-release', { headers: ownOrigin, data: asked })
  expect(await answer.json()).toMatchObject({ ids: [id] })
  await page.context().close()
}

test('An administrator adds an address, tests it, and a real request arrives there, signed', async ({ page, browser, say }) => {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/posthouse`

  await signIn(page, await newPerson(['members', 'mail-admins']), '/desk/webhooks')
  if ((page.viewportSize()?.width ?? 0) > 960)
    await expect(page.getByRole('link', { name: say('设置', 'Settings'), exact: true })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: say('添加地址', 'Add an address') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: say('地址', 'Address') }).fill('http://10.0.0.1/')
  await dialog.getByRole('checkbox', { name: say('有了新待办', 'A new request') }).check()
  await dialog.getByRole('button', { name: say('添加', 'Add'), exact: true }).click()
  await expect(dialog.getByText(say('通向公网', 'leads to a public network'))).toBeVisible()
  await dialog.getByRole('textbox', { name: say('地址', 'Address') }).fill(url)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('添加', 'Add'), exact: true }).click()
  const secret = ((await dialog.locator('.ui-secret').textContent()) ?? '').trim()
  expect(secret).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: say('已经存好', 'I have saved it') }).click()

  const row = page.getByRole('row').filter({ hasText: url })
  await row.getByRole('button', { name: say('发一条测试', 'Send a test') }).click()
  await expect(dialog.getByRole('row').filter({ hasText: say('测试', 'Test') })).toContainText(say('已送达', 'Arrived'))
  await expectAccessible(page)
  await expectFits(page)
  await dialog
    .getByRole('button', { name: say('关闭', 'Close') })
    .last()
    .click()

  await askForRelease(await (await browser.newContext()).newPage())
  // Others may ask for something meanwhile.
  const told = () => received.map(({ body }) => JSON.parse(body))
  await expect.poll(told).toContainEqual(expect.objectContaining({ type: 'webhook.test', data: {} }))
  const filed = { type: 'request.filed', data: { request: expect.any(String), kind: 'release' } }
  await expect.poll(told).toContainEqual(expect.objectContaining(filed))
  for (const { headers, body } of received) {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    expect(headers['webhook-signature']).toBe(`v1,${signed.digest('base64')}`)
  }
  await page.reload()
  await expect(row).toContainText(say('已送达', 'Arrived'))
  await expectFits(page)

  const asked = page.getByRole('alertdialog')
  await row.getByRole('button', { name: say('更多操作', 'More') }).click()
  await page.getByRole('menuitem', { name: say('停用', 'Switch off') }).click()
  await asked.getByRole('button', { name: say('停用', 'Switch off'), exact: true }).click()
  await expect(asked).toHaveCount(0)
  await expect(row.getByText(say('停用', 'Off'), { exact: true })).toBeVisible()

  await row.getByRole('button', { name: say('更多操作', 'More') }).click()
  await page.getByRole('menuitem', { name: say('移除', 'Remove') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('移除', 'Remove'), exact: true })
    .click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(row).toHaveCount(0)
  server.close()
})
