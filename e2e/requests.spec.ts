import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, newPerson, ownOrigin, type Person, sql, until } from './house.ts'
import { MALWARE, mailFromOutside, mailsIn } from './mail-client.ts'

let serial = 0
const newWords = (word: string) => `${word} ${Date.now().toString(36)}-${++serial}`

const rowOf = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const subjectsTo = async (person: Person) => (await mailsIn(person)).map((raw) => raw.toString())

async function open(page: Page, words: string): Promise<void> {
  await rowOf(page, words).getByRole('link').click()
  await expect(page.locator('main').getByText(words).last()).toBeVisible()
}

/** Somebody else at another screen. */
async function atScreen(browser: Browser, person: Person, path: string, locale: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: demo.url, locale, viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await signIn(page, person, path)
  return page
}

test('A message from the help page appears in the queue by itself, is taken, answered in words, and the owner reads them', async ({
  page,
  person,
  browser,
  say,
}) => {
  const agent = await newPerson(['members', 'helpdesk'])
  await signIn(page, agent, '/desk/requests')
  await expectAccessible(page)
  await expectFits(page)
  const words = newWords(say('收不到信', 'Nothing arrives'))
  const owner = await atScreen(browser, person, '/help', say('zh-CN', 'en-GB'))
  // Filled in before it works, the form would forget it.
  await owner.waitForFunction(() => Object.keys(document.getElementById('help-topic') ?? {}).some((key) => key.startsWith('__reactProps')))
  await owner.locator('#help-topic').selectOption('received')
  await owner.getByLabel(say('怎么回事', 'What happened'), { exact: true }).fill(`${words}\n<b>`)
  await press(owner, say('发给服务台', 'Send to the helpdesk'))
  await expect(owner.getByRole('heading', { name: say('已交给服务台', 'The helpdesk has it') })).toBeVisible()
  const reference = /ph_[a-z2-7]{10}/.exec((await owner.locator('main').textContent()) ?? '')?.[0] ?? ''
  await owner.context().close()

  await expect(rowOf(page, words)).toBeVisible()
  await expect(rowOf(page, words)).not.toContainText(person.login)
  // On a phone the menu is shut, and its words are there all the same.
  const counted = page.locator('.ui-nav a[href="/desk/requests"]').last()
  await expect(counted).toHaveText(new RegExp(say('^待办\\s*[1-9]\\d*\\+?\\s*件没人接$', '^Requests\\s*[1-9]\\d*\\+?\\s*waiting$')))
  await open(page, words)
  await expect(page.getByText(reference)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('接下', 'Take'))
  await expect(page.getByRole('button', { name: say('退回', 'Give back') })).toBeVisible()
  await page.getByRole('textbox', { name: say('备注', 'Comment') }).fill(say('已经查过', 'looked into it'))
  await press(page, say('写下', 'Write'))
  await expect(page.getByRole('listitem').filter({ hasText: say('已经查过', 'looked into it') })).toBeVisible()

  await press(page, say('答复', 'Answer'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(say('现在应该收到了', 'It should be there now'))
  await expectAccessible(page)
  await expectFits(page)
  await dialog.getByRole('button', { name: say('发出答复', 'Send the answer') }).click()
  await expect(page.getByRole('heading', { name: say('已办完', 'Done') })).toBeVisible()
  await until(async () => (await subjectsTo(person)).some((raw) => /已答复|Answered|5bey562U5aSN/.test(raw)), 30_000)
  const state = await sql`select state from help_messages where reference = ${reference}`
  expect(state).toEqual([{ state: 'closed' }])
  expect((await auditOf(person.address)).map(({ operation, outcome }) => `${operation} ${outcome}`)).toContain('requests.decide done')
  await page.goto('/desk/requests?state=done')
  await expect(rowOf(page, words)).toBeVisible()
})

test('T40 malware that its owner asks for takes two people, whom the queue names, and arrives once', async ({
  page,
  person,
  browser,
  say,
}) => {
  const [agent, boss] = [await newPerson(['members', 'helpdesk']), await newPerson(['members', 'helpdesk-leads'])]
  const subject = newWords('dangerous')
  await mailFromOutside({ from: 'editor@ynwater-journal.example', to: [person.address], subject, text: MALWARE })
  const [held] = await until(async () => {
    const rows = await sql<{ id: string }[]>`
      select queue_id as id from quarantine where mailbox = ${person.address} and state = 'held'`
    return rows.length > 0 && rows
  }, 30_000)
  const words = newWords(say('我认识发件人', 'I know the sender'))
  const owner = await atScreen(browser, person, '/received', say('zh-CN', 'en-GB'))
  await owner.request.post('/api/v1/mailboxes/me/received/request-release', {
    headers: ownOrigin,
    data: { ids: [held?.id], reason: words },
  })
  await owner.context().close()

  await signIn(page, agent, '/desk/requests?kind=release')
  await open(page, words)
  await expect(page.getByText(say('要两个人批准', 'Takes two people'))).toBeVisible()
  await expect(page.getByText(subject)).toHaveCount(0)
  await expectAccessible(page)
  await expectFits(page)
  const second = await atScreen(browser, boss, '/desk/requests?kind=release', say('zh-CN', 'en-GB'))
  await open(second, words)
  await press(second, say('不批准', 'Refuse'))
  await second.getByRole('dialog').getByRole('textbox').fill(say('不认识这个发件人', 'Nobody knows this sender'))

  await press(page, say('作为第一人批准', 'Approve as first'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: say('作为第一人批准', 'Approve as first') }).click()
  await expect(dialog.getByText(say('至少4个字', 'At least 4 characters'))).toBeVisible()
  await dialog.getByRole('textbox').fill(say('已致电核实', 'Called the sender'))
  await dialog.getByRole('button', { name: say('作为第一人批准', 'Approve as first') }).click()
  await expect(page.getByText(say('第二人必须是别人', 'a second must be somebody else')).first()).toBeVisible()
  expect(await sql`select state from quarantine where mailbox = ${person.address}`).toEqual([{ state: 'requested' }])

  // Who meant to refuse what nobody had approved is told, and decides with that in view.
  const refusal = second.getByRole('dialog')
  await refusal.getByRole('button', { name: say('不批准', 'Refuse'), exact: true }).click()
  await expect(refusal.getByText(say('没有办成', 'Not refused'))).toBeVisible()
  expect(await sql`select state from quarantine where mailbox = ${person.address}`).toEqual([{ state: 'requested' }])
  await refusal.getByRole('button', { name: say('取消', 'Cancel'), exact: true }).click()
  await expect(second.getByText(say(`第一人：${agent.name}`, `First of two: ${agent.name}`)).first()).toBeVisible()
  await press(second, say('批准并放行', 'Approve and release'))
  await expect(second.getByRole('dialog')).toContainText(say('恶意软件', 'malware'))
  await expect(second.getByRole('dialog')).toContainText('editor@ynwater-journal.example')
  await second.getByRole('dialog').getByRole('textbox').fill(say('可以放行', 'Released for you'))
  await second
    .getByRole('dialog')
    .getByRole('button', { name: say('批准并放行', 'Approve and release') })
    .click()
  await expect(second.getByRole('heading', { name: say('已批准', 'Approved') })).toBeVisible()
  await second.context().close()
  await expect(page.getByRole('heading', { name: say('已批准', 'Approved') })).toBeVisible()
  await until(async () => (await subjectsTo(person)).filter((raw) => raw.includes(subject)).length === 1, 30_000)
})
