import { expect, type Page } from '@playwright/test'
import { codeFor, ownOrigin, type Person, sql } from './house.ts'

/** Steps that several errands have in common: on the screen where they are what is tried, through the API where they come before it. */

async function call<Result>(page: Page, path: string, data: object): Promise<Result> {
  const response = await page.request.post(`/api/v1/mailboxes/me/${path}`, { headers: ownOrigin, data })
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`)
  return response.json()
}

export async function haveBoundPhone(page: Page, person: Person): Promise<void> {
  const since = new Date(Date.now() - 1_000)
  const { id } = await call<{ id: string }>(page, 'phone/codes', { number: person.phone })
  await call(page, 'phone', { flow: id, code: await codeFor(person.phone, since) })
}

/** Returns the secret of a new app password for every protocol; binds the phone that it needs. */
export async function haveAppPassword(page: Page, person: Person, name: string): Promise<string> {
  await haveBoundPhone(page, person)
  await call(page, 'app-passwords/switch', { on: true })
  const { secret } = await call<{ secret: string }>(page, 'app-passwords', { name, days: 90, protocols: ['imap', 'pop3', 'smtp'] })
  return secret
}

export type Say = (zh: string, en: string) => string

export async function bindPhone(page: Page, person: Person, say: Say): Promise<void> {
  await page.goto('/phone')
  await page.getByLabel(say('手机号', 'Mobile number'), { exact: true }).fill(person.phone)
  const since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await page.getByLabel(say('6位验证码', '6-digit code')).fill(await codeFor(person.phone, since))
  await page.getByRole('button', { name: say('绑定', 'Bind number'), exact: true }).click()
  await expect(page.getByText(say('已绑定', 'is bound')).first()).toBeVisible()
}

export async function switchOnAppPasswords(page: Page, say: Say): Promise<void> {
  await page.goto('/app-passwords')
  await page.getByRole('switch', { name: say('开启授权密码功能', 'App passwords on') }).click()
  await expect(page.getByText(say('功能已开启', 'Switched on'))).toBeVisible()
}

/** Makes one, and returns the secret that is shown once. */
export async function generateAppPassword(page: Page, name: string, say: Say): Promise<string> {
  await page.getByRole('button', { name: say('生成授权密码', 'Generate app password') }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(say('用在哪台设备', 'Which device is it for')).fill(name)
  await form.getByRole('button', { name: say('生成', 'Generate'), exact: true }).click()
  const shown = page.getByRole('dialog', { name: say(`“${name}”的授权密码`, `App password for “${name}”`) })
  await expect(shown).toBeVisible()
  const secret = (await shown.textContent())?.match(/[a-z2-7]{24}/)?.[0]
  if (!secret) throw new Error('no secret on the screen')
  return secret
}

export const closeSecret = (page: Page, say: Say) =>
  page.getByRole('button', { name: say('我已保存，关闭', 'I have saved it, close') }).click()

/** Without waiting for the minute between two texts to one person; what others count stays. */
export const forgetTexts = () => sql`delete from rate_hits where key like ${'sms:user:%'} or key like ${'sms:phone:%'}`
