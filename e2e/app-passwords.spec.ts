import type { Page } from '@playwright/test'
import { bindPhone, closeSecret, generateAppPassword, haveAppPassword, haveBoundPhone, type Say, switchOnAppPasswords } from './errands.ts'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, until } from './house.ts'
import { imapClient, mailClient, sendToSelf } from './mail-client.ts'

async function revoke(page: Page, name: string, say: Say): Promise<void> {
  await page
    .getByRole('row')
    .filter({ hasText: name })
    .getByRole('button', { name: say('撤销', 'Revoke') })
    .click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('撤销', 'Revoke'), exact: true })
    .click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(0)
}

test('A person binds a phone, makes an app password, a mail client uses it until it is revoked', async ({ page, person, say }) => {
  await signIn(page, person)
  await bindPhone(page, person, say)
  await switchOnAppPasswords(page, say)
  await expectAccessible(page)
  const secret = await generateAppPassword(page, 'iPhone', say)
  await expectAccessible(page)
  await closeSecret(page, say)
  expect(await page.content()).not.toContain(secret)
  await expectFits(page)

  const client = mailClient(person, secret)
  expect(await client.signsIn()).toBe(true)
  expect(await mailClient(person, person.password).signsIn()).toBe(false)
  await page.reload()
  await expect(page.getByRole('row').filter({ hasText: 'iPhone' })).toContainText('IMAP')
  await expect(page.getByRole('row').filter({ hasText: 'iPhone' })).not.toContainText(say('从未使用', 'Never used'))

  await revoke(page, 'iPhone', say)
  expect(await client.signsIn()).toBe(false)
  const audit = await auditOf(person.address)
  expect(audit.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(
    expect.arrayContaining(['phone.confirm done', 'app-passwords.switch done', 'app-passwords.create done', 'app-passwords.revoke done']),
  )
  expect(JSON.stringify(audit)).not.toContain(secret)
})

test('T25 an open mail session ends with the app password; the same password sends and reads mail until then', { tag: '@real' }, async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person)
  const secret = await haveAppPassword(page, person, 'Thunderbird')

  if (demo.submission) await sendToSelf(person, secret, 'To myself')
  const client = imapClient(person, secret)
  const closed = new Promise<void>((resolve) => client.once('close', resolve))
  client.on('error', () => {})
  await client.connect()
  if (demo.submission) {
    const subject = await until(async () => {
      const lock = await client.getMailboxLock('INBOX')
      try {
        for await (const message of client.fetch('1:*', { envelope: true }))
          if (message.envelope?.subject === 'To myself') return message.envelope.subject
      } finally {
        lock.release()
      }
      return null
    })
    expect(subject).toBe('To myself')
  }
  await page.goto('/app-passwords')
  await revoke(page, 'Thunderbird', say)
  await closed
  expect(await mailClient(person, secret).signsIn()).toBe(false)
})

test('Switched off, all app passwords rest; switched on, they work again', async ({ page, person, say }) => {
  await signIn(page, person)
  const secret = await haveAppPassword(page, person, 'iPad')
  const client = mailClient(person, secret)
  await page.goto('/app-passwords')
  await page.getByRole('switch').click()
  await expect(page.getByText(say('功能已关闭', 'Switched off'))).toBeVisible()
  await expect.poll(() => client.signsIn()).toBe(false)
  await page.getByRole('switch').click()
  await expect(page.getByText(say('功能已开启', 'Switched on'))).toBeVisible()
  await expect.poll(() => client.signsIn()).toBe(true)
})

test('Without a phone the page has one next step', async ({ page, person, say }) => {
  await signIn(page, person, '/app-passwords')
  await expectAccessible(page)
  await page
    .getByRole('link', { name: say('绑定手机', 'Bind a phone') })
    .last()
    .click()
  await page.waitForURL('**/phone')
})

test('A double click makes one app password', async ({ page, person, say }) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await switchOnAppPasswords(page, say)
  await page.getByRole('button', { name: say('生成授权密码', 'Generate app password') }).click()
  await page.getByLabel(say('用在哪台设备', 'Which device is it for')).fill('Twice')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('生成', 'Generate'), exact: true })
    .dblclick()
  await closeSecret(page, say)
  await expect(page.getByRole('row').filter({ hasText: 'Twice' })).toHaveCount(1)
})
