import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, ownOrigin, type Person, sql, until } from './house.ts'
import { MALWARE, mailFromOutside, mailsIn, SPAM } from './mail-client.ts'

const SENDER = 'editor@ynwater-journal.example'

let serial = 0
const newSubject = (word = '稿件') => `${word} ${Date.now().toString(36)}-${++serial}`

const send = (person: Person, subject: string, text = SPAM, from = SENDER) => mailFromOutside({ from, to: [person.address], subject, text })
const rowOf = (page: Page, subject: string) => page.getByRole('row').filter({ hasText: subject })
const outcomeOf = async ({ address }: Person, subject: string): Promise<string | undefined> =>
  (await sql<{ outcome: string }[]>`select outcome from trace_recipients where mailbox = ${address} and subject = ${subject}`)[0]?.outcome
const becomes = (person: Person, subject: string, outcome: string) =>
  until(async () => (await outcomeOf(person, subject)) === outcome, 30_000)
const idOf = async ({ address }: Person, subject: string): Promise<string> =>
  (await sql<{ id: string }[]>`select queue_id as id from trace_recipients where mailbox = ${address} and subject = ${subject}`)[0]?.id ??
  ''
const copiesOf = async (person: Person, subject: string, folder?: string) =>
  (await mailsIn(person, folder)).filter((raw) => raw.includes(Buffer.from(subject)))

/** Sends it, and waits until the page shows it, without a reload. */
async function hold(page: Page, person: Person, { subject = newSubject(), text = SPAM } = {}): Promise<{ subject: string; raw: Buffer }> {
  const raw = await send(person, subject, text)
  await expect(rowOf(page, subject)).toBeVisible()
  return { subject, raw }
}

async function open(page: Page, subject: string): Promise<void> {
  await rowOf(page, subject).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
}

const choose = (page: Page, subject: string) => rowOf(page, subject).getByRole('checkbox').press('Space')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('Held spam shows by itself, is released, and lies in the inbox once, byte for byte, after ten releases at once', async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person, '/received')
  await expectAccessible(page)
  await expectFits(page)
  const { subject, raw } = await hold(page, person)
  await expect(rowOf(page, subject)).toContainText(say('已扣留', 'Held'))
  await open(page, subject)
  await expectAccessible(page)
  await expectFits(page)
  await expect(page.getByText(say('到期删除', 'Deleted, unless')).first()).toBeVisible()

  await press(page, say('放行到收件箱', 'Release to inbox'))
  const id = await idOf(person, subject)
  const release = () => page.request.post('/api/v1/mailboxes/me/received/release', { headers: ownOrigin, data: { ids: [id] } })
  await Promise.all(Array.from({ length: 9 }, release))
  await becomes(person, subject, 'released')
  const copies = await copiesOf(person, subject)
  expect(copies).toHaveLength(1)
  expect(copies[0]?.subarray(-raw.length).equals(raw)).toBe(true)
  await expect(page.getByRole('button', { name: say('放行到收件箱', 'Release to inbox'), exact: true })).toHaveCount(0)
  const audit = await auditOf(person.address)
  expect(audit.filter(({ operation, outcome }) => operation === 'received.release' && outcome === 'done').length).toBeGreaterThan(0)
})

test('Once blocked the sender’s next mail is held, once allowed it arrives', async ({ page, person, say }) => {
  await signIn(page, person, '/received')
  const { subject } = await hold(page, person)
  await open(page, subject)
  await press(page, say('删除并屏蔽此人', 'Delete and block'))
  await page.getByRole('alertdialog').getByRole('button').last().click()
  await becomes(person, subject, 'deleted')

  await page.goto('/received')
  const clean = await hold(page, person, { text: 'Nothing speaks against this.' })
  await expect(rowOf(page, clean.subject)).toContainText(say('已扣留', 'Held'))
  await open(page, clean.subject)
  await press(page, say('放行并允许此人', 'Release and allow'))
  await becomes(person, clean.subject, 'released')

  const next = newSubject()
  await send(person, next)
  await becomes(person, next, 'delivered')
  expect(await copiesOf(person, next)).toHaveLength(1)
})

test('T40 malware is asked for, with a reason, and not released by oneself', async ({ page, person, say }) => {
  await signIn(page, person, '/received')
  const { subject } = await hold(page, person, { text: MALWARE })
  await open(page, subject)
  await expect(page.getByRole('button', { name: say('放行到收件箱', 'Release to inbox'), exact: true })).toHaveCount(0)
  const id = await idOf(person, subject)
  const answer = await page.request.post('/api/v1/mailboxes/me/received/release', { headers: ownOrigin, data: { ids: [id] } })
  expect(await answer.json()).toMatchObject({ ids: [], askHelpdesk: [id] })

  await press(page, say('请服务台放行', 'Ask the helpdesk'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(say('这是我们自己的测试附件', 'This is our own test file'))
  await dialog.getByRole('button', { name: say('发给服务台', 'Send to the helpdesk') }).click()
  await expect(dialog).toHaveCount(0)
  const [row] = await sql`select state, request from quarantine where mailbox = ${person.address} and queue_id = ${id}`
  expect(row).toEqual({ state: 'requested', request: say('这是我们自己的测试附件', 'This is our own test file') })
  expect(await copiesOf(person, subject)).toEqual([])
})

test('Several are released at once, deleted ones come back by undo', async ({ page, person, say }) => {
  await signIn(page, person, '/received')
  const held = [await hold(page, person), await hold(page, person), await hold(page, person)].map(({ subject }) => subject)
  for (const subject of held.slice(0, 2)) await choose(page, subject)
  await expectAccessible(page)
  const chosenMeanwhile = Promise.withResolvers<void>()
  await page.route('**/received*', async (route) => {
    if (route.request().method() === 'POST') await chosenMeanwhile.promise
    await route.fallback()
  })
  await press(page, say('放行', 'Release'))
  await choose(page, held[2] as string)
  chosenMeanwhile.resolve()
  for (const subject of held.slice(0, 2)) await becomes(person, subject, 'released')

  const [first, third] = [held[0], held[2]].map((subject) => rowOf(page, subject as string).getByRole('checkbox'))
  await expect(first as Locator).not.toBeChecked()
  await expect(third as Locator).toBeChecked()
  await press(page, say('删除', 'Delete'))
  await becomes(person, held[2] as string, 'deleted')
  await page
    .getByRole('button', { name: say('撤销', 'Undo') })
    .first()
    .click()
  await becomes(person, held[2] as string, 'held')
})

test('T35 T36 what a sender wrote is text: no dialog, no request, no markup', async ({ page, person }) => {
  const asked: string[] = []
  page.on('dialog', () => asked.push('dialog'))
  page.on(
    'request',
    (request) => new URL(request.url()).origin !== ownOrigin.origin && !request.url().startsWith('data:') && asked.push(request.url()),
  )
  await signIn(page, person, '/received')
  asked.length = 0
  const subject = `<img src=x onerror=alert(1)> ${newSubject()}`
  await send(person, subject, `<script>alert(1)</script> http://evil.example/x ${SPAM}`)
  await expect(rowOf(page, subject)).toBeVisible()
  await open(page, subject)
  await expect(page.getByText('<script>alert(1)</script>').first()).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  expect(asked).toEqual([])
})

test('What is searched for is found, what is not there is said so', async ({ page, person, say }) => {
  await signIn(page, person, '/received')
  const { subject } = await hold(page, person)
  await page.goto(`/received?search=${encodeURIComponent(subject)}`)
  await expect(rowOf(page, subject)).toBeVisible()
  await page.goto('/received?search=no-such-letter')
  await expect(page.locator('main').getByText(say('没有', 'No')).first()).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
})

test('Junk is moved to the inbox from here', { tag: '@real' }, async ({ page, person, say }) => {
  await signIn(page, person, '/received')
  const subject = newSubject('Bargain')
  await mailFromOutside({ from: SENDER, to: [person.address], subject, text: 'Half price, today only.', bare: true })
  await becomes(person, subject, 'junk')
  await page.reload()
  await open(page, subject)
  await press(page, say('移到收件箱', 'Move to inbox'))
  await becomes(person, subject, 'delivered')
  expect(await copiesOf(person, subject, 'INBOX')).toHaveLength(1)
  expect(await copiesOf(person, subject, 'Junk')).toEqual([])
})
