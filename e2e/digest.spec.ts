import { request } from '@playwright/test'
import PostalMime, { type Email } from 'postal-mime'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, type Person, sql, until } from './house.ts'
import { mailFromOutside, newestMail, SPAM } from './mail-client.ts'

/** Waits until the filter has stopped it, and returns its subject. */
async function holdOne({ address }: Person): Promise<string> {
  const subject = `Prize ${Date.now()}`
  const count = async () => (await sql`select count(*)::int as held from quarantine where mailbox = ${address} and state = 'held'`)[0]?.held
  const before = await count()
  await mailFromOutside({ from: 'winner@prizes.example', to: [address], subject, text: SPAM })
  await until(async () => (await count()) > before)
  return subject
}

const digestTo = (person: Person): Promise<Email> =>
  until(async () => {
    const raw = await newestMail(person)
    const mail = raw && (await PostalMime.parse(raw))
    return mail?.messageId?.startsWith('<digest.') ? mail : null
  }, 90_000)

/** The link under this label, from the text of the mail. */
const linkIn = ({ text = '' }: Email, label: string): string =>
  new RegExp(`^\\s*${label}(?:：|: )(\\S+/link/[\\w-]{43})$`, 'm').exec(text.replaceAll('\r', ''))?.[1] ?? ''

const stateOf = async ({ address }: Person) => (await sql`select state from quarantine where mailbox = ${address}`)[0]?.state

async function chooseAtOnce(page: Parameters<typeof signIn>[0], person: Person, say: (zh: string, en: string) => string) {
  await signIn(page, person, '/digest')
  await page.getByText(say('一扣留就发', 'At once'), { exact: true }).click()
  await page.getByRole('button', { name: say('保存', 'Save') }).click()
  await expect(page.getByText(say('已保存', 'Saved')).first()).toBeVisible()
}

test('A person hears at once of held mail, and releases it from the digest without signing in', async ({ page, person, say, browser }) => {
  await chooseAtOnce(page, person, say)
  const subject = await holdOne(person)
  const digest = await digestTo(person)
  expect(digest.subject).toBe(say('1封来信没有进收件箱', '1 message held back'))
  expect(digest.text).toContain(subject)
  const link = linkIn(digest, say('放行', 'Release'))

  // T39 scanners open every link of a mail, as often as they like.
  const scanner = await request.newContext()
  const scan = async (url: string, method: string) => expect((await scanner.fetch(url, { method })).status()).toBeLessThan(500)
  for (const method of ['GET', 'HEAD', 'OPTIONS']) await scan(link, method)
  const allow = linkIn(digest, say('放行并允许发件人', 'Release and allow sender'))
  expect(allow).not.toBe('')
  for (let time = 0; time < 125; time++) await Promise.all(Array.from({ length: 8 }, (_, each) => scan(allow, each % 2 ? 'HEAD' : 'GET')))
  await scanner.dispose()
  expect(await stateOf(person)).toBe('held')

  const context = await browser.newContext({ locale: say('zh-CN', 'en-GB'), viewport: page.viewportSize() })
  const stranger = await context.newPage()
  await stranger.goto(link)
  await expect(stranger.getByText(subject)).toBeVisible()
  await expect(stranger.getByText('winner@prizes.example')).toBeVisible()
  // T40 whoever got it forwarded reads no word of the mail.
  expect(await stranger.content()).not.toContain('GTUBE')
  await expectAccessible(stranger)
  await expectFits(stranger)
  await stranger.locator('main form button').click()
  await expect(stranger.getByText(say('几秒后在收件箱里', 'in the inbox in a few seconds'))).toBeVisible()
  await expectAccessible(stranger)
  await until(async () => (await stateOf(person)) === 'released')
  expect((await PostalMime.parse((await newestMail(person)) ?? '')).subject).toBe(subject)

  await stranger.goto(link)
  await expect(stranger.getByRole('heading', { name: say('这个链接不能用了', 'This link no longer works') })).toBeVisible()
  await stranger.goto(linkIn(digest, say('删除', 'Delete')))
  await expect(stranger.getByRole('heading', { name: say('这封信已经处理过了', 'This message is already dealt with') })).toBeVisible()
  await context.close()
  const done = (await auditOf(person.address)).filter(({ operation }) => operation === 'digest.follow-link')
  expect(done.map(({ outcome }) => outcome)).toEqual(['done'])
})

test('The links work without JavaScript, too', async ({ page, person, say, browser }) => {
  await chooseAtOnce(page, person, say)
  await holdOne(person)
  const context = await browser.newContext({ javaScriptEnabled: false, locale: say('zh-CN', 'en-GB') })
  const stranger = await context.newPage()
  await stranger.goto(linkIn(await digestTo(person), say('删除', 'Delete')))
  await stranger.locator('main form button').click()
  await expect(stranger.getByText(say('10分钟内还能在收信查询里找回', 'it can be brought back under Received'))).toBeVisible()
  expect(await stateOf(person)).toBe('deleted')
  await context.close()
})

test('One click in the mail client stops digests; the page takes them up again', async ({ page, person, say }) => {
  await chooseAtOnce(page, person, say)
  await holdOne(person)
  const { headers } = await digestTo(person)
  const header = (name: string) => headers.find(({ key }) => key === name)?.value ?? ''
  const address = header('list-unsubscribe').slice(1, -1)
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')

  const provider = await request.newContext()
  const opened = await provider.get(address)
  expect([opened.status(), new URL(opened.url()).pathname.slice(0, 6)]).toEqual([200, '/link/'])
  await page.reload()
  await expect(page.getByRole('radio', { name: say('一扣留就发', 'At once') })).toBeChecked()
  for (let time = 0; time < 2; time++)
    expect((await provider.post(address, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 })).status()).toBe(204)
  await provider.dispose()
  await page.reload()
  await expect(page.getByRole('radio', { name: say('不要', 'Never') })).toBeChecked()

  await page.getByText(say('每周', 'Weekly'), { exact: true }).click()
  await page.getByLabel(say('星期', 'Day'), { exact: true }).selectOption('5')
  await page.getByLabel(say('时间', 'Time'), { exact: true }).selectOption('17')
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: say('保存', 'Save') }).click()
  await expect(page.getByText(/17:00/).last()).toBeVisible()
  await page.reload()
  await expect(page.getByLabel(say('星期', 'Day'), { exact: true })).toHaveValue('5')
  expect((await auditOf(person.address)).map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(
    expect.arrayContaining(['digest.set done', 'digest.unsubscribe done']),
  )
  expect(new URL(address).origin).toBe(new URL(demo.url).origin)
})
