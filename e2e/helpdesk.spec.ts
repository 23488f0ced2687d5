import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import { bindPhone, forgetTexts, haveBoundPhone, type Say } from './errands.ts'
import { answerProvider, codeFor, elsewhere, expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { newPerson, ownOrigin, type Person, sql } from './house.ts'

const AGENT = ['members', 'helpdesk']
const SUPERVISOR = ['members', 'helpdesk-leads']
const TICKET = 'ITS-2026-48213'
const NEW = '滇池的海鸥十一月回来看我们大家了'

interface Caller extends Person {
  number: string
}

/** Somebody in the staff directory, with a number of their own. */
async function newCaller(): Promise<Caller> {
  const person = await newPerson()
  const number = `20${randomInt(10 ** 8)
    .toString()
    .padStart(8, '0')}`
  await sql`update directory_accounts set number = ${number}, unit = '环境学院', office_phone = '0871 5550 3131' where address = ${person.address}`
  return { ...person, number }
}

async function find(page: Page, query: string, say: Say): Promise<void> {
  await page.goto('/desk/helpdesk')
  await page.getByLabel(say('地址、姓名、工号学号或手机末4位', 'Address, name, number or phone ending')).fill(query)
  await page.keyboard.press('Enter')
}

/** Opens the one account that was found, by the keyboard. */
async function open(page: Page, say: Say): Promise<string> {
  await expect(page.getByRole('heading', { name: say('1个账号', '1 account') })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/desk\/helpdesk\/acct_/)
  return new URL(page.url()).pathname
}

/** No toast lies over it. */
const isSeen = (element: Element): boolean => {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const toasts = [...document.querySelectorAll('.ui-toast')].map((toast) => toast.getBoundingClientRect())
  return toasts.every((toast) => toast.right <= left || toast.left >= right || toast.bottom <= top || toast.top >= bottom)
}

const deskCall = (page: Page, path: string, data: object) => page.request.post(`/api/v1${path}`, { headers: ownOrigin, data })

/** A second person, in another browser, says yes. */
async function approve(page: Page, { address }: Person, { name }: Person, say: Say): Promise<void> {
  const account = await (await page.request.get(`/api/v1/accounts/${address}`)).json()
  expect(account.details, 'masked for who has not verified the caller').toBeNull()
  const [asked] = await sql<{ id: string }[]>`select id from staff_requests where mailbox = ${address}`
  await page.goto('/desk/requests?kind=phone_unbinding')
  await page.locator(`#request-${asked?.id}`).click()
  await expect(page.getByText(say(`第一人：${name}`, `First of two: ${name}`)).last()).toBeVisible()
  const button = { name: say('批准并解绑', 'Approve and unbind'), exact: true }
  await page.getByRole('button', button).click()
  await page.getByRole('dialog').getByRole('textbox').fill('两个人都问过本人')
  await page.getByRole('dialog').getByRole('button', button).click()
  await expect(page.getByRole('heading', { name: say('已批准', 'Approved') })).toBeVisible()
}

test('T45 a caller who lost the phone is helped from the call to a new phone, and reads every step', async ({ page, browser, say }) => {
  // Three people at three browsers, one after the other.
  test.slow()
  const [caller, agent, supervisor] = [await newCaller(), await newPerson(AGENT), await newPerson(SUPERVISOR)]
  const [home, office] = [await elsewhere(browser, page), await elsewhere(browser, page)]
  await signIn(home, caller)
  await haveBoundPhone(home, caller)

  await signIn(page, agent, '/desk')
  await page.waitForURL('/desk/helpdesk')
  await find(page, caller.number, say)
  await expect(page.getByText(`${caller.number.slice(0, 4)}****${caller.number.slice(-2)}`)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const path = await open(page, say)
  await expect(page.getByText(say('未核实：资料已遮盖，不能操作', 'Not verified: details are masked, no actions'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const source = await (await page.request.get(path)).text()
  for (const hidden of [caller.address, caller.login, caller.number, caller.phone, caller.phone.slice(3)])
    expect(source).not.toContain(hidden)
  const early = await deskCall(page, `/accounts/${caller.address}/phone-unbinding`, { warrant: { reason: '手机丢了', ticket: TICKET } })
  expect([early.status(), (await early.json()).code]).toEqual([403, 'caller_not_verified'])

  // The caller can ask for what both see.
  const sign = page.getByText(/^\d{3}\d{3}$/)
  const digits = ((await sign.textContent()) ?? '').replace(/\D/g, '')
  await home.goto('/overview')
  await expect(home.getByText(`${digits.slice(0, 3)} ${digits.slice(3)}`)).toBeVisible()
  await expectAccessible(home)
  await expectFits(home)

  await page.getByRole('button', { name: say('记录回拨', 'Record call-back') }).click()
  await page.getByRole('button', { name: say('本人接了电话', 'The owner answered') }).click()
  await expect(page.getByText(say('至少2个字', 'Two characters at least'))).toBeVisible()
  await page.getByLabel(say('谁接的电话，怎么确认是本人', 'Who answered, and what told you so')).fill('本人接的，报了导师姓名')
  await page.getByRole('button', { name: say('本人接了电话', 'The owner answered') }).click()
  await expect(page.getByText(say('已核实：回拨电话', 'Verified by calling back'))).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(caller.address)
  await expectAccessible(page)
  await expectFits(page)

  await page.getByRole('button', { name: say('申请批准', 'Ask approval') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('工单号', 'Ticket number')).fill('ITS-2026-482')
  await dialog.getByRole('button', { name: say('向主管申请', 'Ask a supervisor') }).click()
  await expect(dialog.getByText(say('工单号的样子是ITS-2026-48213', 'Looks like ITS-2026-48213'))).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel(say('工单号', 'Ticket number')).fill(TICKET)
  await expect(dialog.getByText(say('申请解绑手机，由主管决定', 'asked for the bound phone to be unbound'))).toBeVisible()
  // What is refused is said to staff, whom nothing sends to themselves.
  await sql`update phones set mailbox = 'away@' || mailbox where mailbox = ${caller.address}`
  await dialog.getByRole('button', { name: say('向主管申请', 'Ask a supervisor') }).click()
  await expect(dialog.getByText(say('这个账号没有绑定手机', 'No phone is bound to this account'))).toBeVisible()
  await expect(dialog.getByRole('link')).toHaveCount(0)
  await sql`update phones set mailbox = ${caller.address} where mailbox = ${`away@${caller.address}`}`
  await dialog.getByRole('button', { name: say('向主管申请', 'Ask a supervisor') }).click()
  await expect(page.getByText(say('主管在待办里决定', 'A supervisor decides in the queue')).first()).toBeVisible()
  await expect(page.getByRole('button', { name: say('申请批准', 'Ask approval') })).toHaveCount(0)
  await expect(page.getByRole('row').getByText(say('这个账号没有绑定手机', 'No phone is bound to this account'))).toBeVisible()
  await signIn(office, supervisor)
  await approve(office, caller, agent, say)

  // The password went with the phone that kept it.
  await page.getByRole('button', { name: say('开始重置密码', 'Start a password reset') }).click()
  await expect(dialog.getByLabel(say('工单号', 'Ticket number'))).toHaveValue(TICKET)
  await dialog.getByRole('button', { name: say('生成一次性凭证', 'Create one-time pass') }).click()
  await expect(page.getByRole('dialog', { name: say('的一次性凭证', 'One-time pass for') })).toBeVisible()
  const pass = await page.locator('.ui-secret').textContent()
  expect(pass).toMatch(/^[a-z2-7]{12}$/)
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: say('已经念完，关闭', 'I have read it out, close') }).click()

  await home.goto('/reset?by=pass')
  await home.getByLabel(say('账号', 'Account'), { exact: true }).fill(caller.login)
  await home.getByRole('button', { name: say('继续', 'Continue'), exact: true }).click()
  await home.getByLabel(say('一次性凭证或恢复码', 'One-time pass or recovery code')).fill(pass ?? '')
  await home.getByRole('button', { name: say('继续', 'Continue'), exact: true }).click()
  await home.getByLabel(say('新密码', 'New password'), { exact: true }).fill(NEW)
  await home.getByLabel(say('再输入一次', 'Once more')).fill(NEW)
  await home.getByRole('button', { name: say('保存新密码', 'Save new password') }).click()
  await expect(home.getByRole('heading', { name: say('密码已重置', 'Password reset') })).toBeVisible()
  await signIn(home, { login: caller.login, password: NEW })
  await forgetTexts()
  await bindPhone(home, { ...caller, phone: `+86139${caller.phone.slice(-8)}` }, say)

  await home.goto('/activity')
  const record = home.locator('main')
  for (const step of [
    say('记录了回拨核实来电者', 'the caller was verified by a call back'),
    say('请主管批准解绑手机', 'Asked a supervisor to have the bound phone unbound'),
    say(`事由：手机丢了或坏了；工单：${TICKET}`, `Reason: The phone is lost or broken. Ticket: ${TICKET}`),
    say('批准了解绑手机', 'Approved the unbinding of the phone'),
    say('给了一个重置密码的一次性凭证', 'Issued a one-time pass to reset the password'),
    say(`事由：忘记密码，绑定手机不在身边；工单：${TICKET}`, `Reason: Forgot the password, bound phone not at hand. Ticket: ${TICKET}`),
  ])
    await expect(record.getByText(step).first()).toBeVisible()
  expect(await record.textContent()).not.toContain(pass)

  // The agent's page tells the same, and the end of the call masks it again.
  await page.reload()
  await expect(page.getByText(say('批准了解绑手机', 'Approved the unbinding of the phone'))).toBeVisible()
  await page.getByRole('button', { name: say('结束通话', 'End call') }).click()
  await page.waitForURL('/desk/helpdesk')
  await page.goBack()
  await expect(page.getByText(say('未核实', 'Not verified'))).toBeVisible()
  await expect(page.getByText(caller.address)).toHaveCount(0)
  await page.goto(path)
  await expect(page.getByText(say('未核实', 'Not verified'))).toBeVisible()
  for (const other of [home, office]) await other.context().close()
})

test('T45 a code to the phone opens the account; an agent sees why the full number stays hidden, a supervisor sees it', async ({
  page,
  browser,
  say,
}) => {
  const [caller, agent, supervisor] = [await newCaller(), await newPerson(AGENT), await newPerson(SUPERVISOR)]
  const home = await elsewhere(browser, page)
  await signIn(home, caller)
  await haveBoundPhone(home, caller)
  await forgetTexts()

  await signIn(page, agent, '/desk/helpdesk')
  await find(page, 'nobody-here', say)
  await expect(page.getByText(say('没有找到“nobody-here”', 'Nobody found for “nobody-here”'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await find(page, caller.phone, say)
  const path = await open(page, say)
  await expect(page.getByText(say('主管可见全号', 'Full number: supervisor'))).toBeVisible()
  const since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  const code = await codeFor(caller.phone, since)
  const field = page.getByLabel(say('来电者念出的6位验证码', '6-digit code, as the caller reads it'))
  await field.fill(code === '000000' ? '111111' : '000000')
  await page.getByRole('button', { name: say('核实', 'Verify'), exact: true }).click()
  await expect(page.getByText(say('还可以试4次', '4 tries are left'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await field.fill(code)
  await page.getByRole('button', { name: say('核实', 'Verify'), exact: true }).click()
  await expect(page.getByText(say('已核实：绑定手机验证码', 'Verified by code to the phone'))).toBeVisible()

  // One session of the owner's, ended under a ticket that is then remembered.
  await page.getByRole('row').getByRole('button').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('其他（写明）', 'Other (say what)')).check()
  await dialog.getByLabel(say('工单号', 'Ticket number')).fill(TICKET)
  await dialog.getByRole('button', { name: say('结束会话', 'End session') }).click()
  await expect(dialog.getByText(say('至少4个字', 'Four characters at least'))).toBeVisible()
  await dialog.getByLabel(say('写明事由', 'What the reason is')).fill('图书馆的电脑忘了退出')
  await dialog.getByRole('button', { name: say('结束会话', 'End session') }).click()
  await expect(page.getByText(say('没有打开的会话。', 'No session is open.'))).toBeVisible()
  // What was told a moment ago lies over no button of the next dialog.
  await page.getByRole('button', { name: say('开始重置密码', 'Start a password reset') }).click()
  const cancel = dialog.getByRole('button', { name: say('取消', 'Cancel') })
  await expect(cancel).toBeVisible()
  expect(await cancel.evaluate(isSeen)).toBe(true)
  await cancel.click()
  await expect(page.getByText(TICKET).first()).toBeVisible()
  await home.goto('/overview')
  await home.waitForURL(/\/sign-in/)
  await home.context().close()

  // Whom one is helping is at hand, until the call is ended.
  await page.goto('/desk/helpdesk')
  await expect(page.getByRole('link', { name: caller.name })).toBeVisible()
  await expectFits(page)

  // What is open goes with the verification: a list at once, what lies behind a pass too, and the pass once it has been read.
  const list = await page.context().newPage()
  await page.clock.install()
  await list.goto(`${path}/received`)
  await expect(list.getByText(caller.address)).toBeVisible()
  await page.goto(path)
  await page.getByRole('button', { name: say('开始重置密码', 'Start a password reset') }).click()
  await dialog.getByLabel(say('工单号', 'Ticket number')).fill(TICKET)
  await dialog.getByRole('button', { name: say('生成一次性凭证', 'Create one-time pass') }).click()
  await expect(page.locator('.ui-secret')).toBeVisible()
  await sql`update caller_verifications set verified_at = now() - interval '61 minutes' where mailbox = ${caller.address}`
  await page.clock.fastForward('01:00:00')
  await expect(list.getByText(say('未核实', 'Not verified'))).toBeVisible()
  await expect(list.getByText(caller.address)).toHaveCount(0)
  await list.close()
  await expect(page.getByText(caller.address).filter({ visible: true })).toHaveCount(0)
  await expect(page.locator('.ui-secret')).toBeVisible()
  await page.getByRole('button', { name: say('已经念完，关闭', 'I have read it out, close') }).click()
  await expect(page.getByText(say('未核实', 'Not verified'))).toBeVisible()
  await expect(page.getByText(caller.address)).toHaveCount(0)

  const office = await elsewhere(browser, page)
  await signIn(office, supervisor, path)
  await expect(office.getByText(say('没有这个页面', 'no such page')).first(), 'the reference is of the agent alone').toBeVisible()
  await find(office, caller.phone, say)
  await open(office, say)
  // T18 A sign-in of long ago is not enough; the way back leads to where it was asked.
  await sql`update sessions set auth_time = now() - interval '11 minutes' where mailbox = ${supervisor.address}`
  await office.reload()
  await office.getByRole('button', { name: say('看全号', 'Full number') }).click()
  await office.getByRole('button', { name: say('重新登录确认', 'Sign in to confirm') }).click()
  await answerProvider(office, supervisor)
  await office.getByRole('dialog').getByLabel(say('工单号', 'Ticket number')).fill(TICKET)
  await office.getByRole('button', { name: say('显示号码', 'Show number') }).click()
  await expect(office.getByText(caller.phone)).toBeVisible()

  // T15 Signed out elsewhere, the page does not stay until somebody touches it.
  await office.request.post('/api/auth/sign-out', { headers: ownOrigin })
  await office.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await office.waitForURL(/\/sign-in/)
  await office.context().close()
})

test('T45 nobody of the staff works on their own account or on that of a colleague', async ({ page, say }) => {
  const [agent, colleague] = [await newPerson(AGENT), await newPerson(SUPERVISOR)]
  await signIn(page, agent, '/desk/helpdesk')
  for (const { login } of [agent, colleague]) {
    await find(page, login, say)
    await open(page, say)
    await expect(page.getByRole('heading', { name: say('这个账号不在这里处理', 'This account is not opened here') })).toBeVisible()
    await expectAccessible(page)
  }
  const looked = await page.request.get(`/api/v1/accounts/${colleague.address}`)
  expect(looked.status()).toBe(403)
})
