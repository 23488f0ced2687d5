import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import iconv from 'iconv-lite'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, ownOrigin } from './house.ts'
import { contactsByDav } from './mail-client.ts'

type Say = (zh: string, en: string) => string

const HEADS = '姓名,电子邮件地址,手机,公司,部门,职位,QQ,附注'

/** As an old mailbox exports it: Foxmail's heads, CRLF. */
const oldBook = (rows: string[], charset = 'gbk') => iconv.encode(`${[HEADS, ...rows].join('\r\n')}\r\n`, charset)
const csv = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer })

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function choose(page: Page, say: Say, ...files: ReturnType<typeof csv>[]): Promise<void> {
  // A page that is not yet alive would not hear of the files.
  await page.waitForLoadState('networkidle')
  await page.getByLabel(say('选择文件', 'Choose files')).setInputFiles(files)
}

const post = (page: Page, path: string, data: object) => page.request.post(`/api/v1/mailboxes/me/${path}`, { data, headers: ownOrigin })

const nobody = { emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] }

/** Another device of the same person. */
async function saveElsewhere(
  page: Page,
  card: object,
  known: { id?: string; version?: string } = {},
): Promise<{ id: string; version: string }> {
  const answer = await post(page, 'contacts', { ...known, card: { ...nobody, ...card } })
  expect(answer.ok()).toBe(true)
  return answer.json()
}

test('An old address book in GBK comes into a new group, is found by pinyin and by other clients, and goes again', async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person, '/contacts')
  await expect(page.getByText(say('通讯录还是空的', 'No contacts yet'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('link', { name: say('导入通讯录', 'Import contacts') }).click()
  await page.waitForURL('**/contacts/import')
  await expectAccessible(page)
  const rows = [
    '王晓明,"wxm@ynu.example,xm.wang@lab.example",13888001200,云南省环境科学研究院,水环境研究所,研究员,402118830,两句；一行',
    '陈静,chenjing@yunling.example,,云岭大学,图书馆,馆员,,',
    '"Müller, Jörg",j.mueller@tum.example,+49 151 2345678,TU München,,Prof.,,',
    '测试,,,,,,,',
  ]
  await choose(page, say, csv('旧邮箱通讯录.csv', oldBook(rows, 'gb18030')))
  await expect(rowOf(page, '电子邮件地址')).toContainText('wxm@ynu.example')
  const group = page.getByLabel(say('放进哪个组', 'Into which group'))
  await expect(group.locator('option:checked')).toHaveText(say('新建组：旧邮箱通讯录', 'New group: 旧邮箱通讯录'))
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('导入3位', 'Import 3'))
  const receipt = page.getByRole('heading', { name: say('3位联系人已导入“旧邮箱通讯录”', '3 contacts imported into “旧邮箱通讯录”') })
  await expect(receipt).toBeVisible({ timeout: 30_000 })
  await expect(rowOf(page, '测试')).toContainText(say('没有邮箱，也没有电话', 'Neither mail nor phone'))
  await expectAccessible(page)
  await expectFits(page)
  const leftOut = page.waitForEvent('download')
  await page.getByRole('link', { name: say('下载这1行', 'Download 1 row') }).click()
  expect(iconv.decode(await readFile(await (await leftOut).path()), 'gb18030')).toContain('测试')
  await page.reload()
  await expect(receipt).toBeVisible()
  const address = page.url()

  await page.getByRole('link', { name: say('看这一组', 'Open the group') }).click()
  await expect(rowOf(page, 'Müller, Jörg')).toContainText('j.mueller@tum.example')
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('searchbox').fill('wxm')
  await expect(rowOf(page, 'Müller, Jörg')).toHaveCount(0)
  await rowOf(page, '王晓明').getByRole('link').click()
  await expect(page.getByRole('heading', { name: '王晓明' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'xm.wang@lab.example' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  if (demo.carddav) {
    const cards = await contactsByDav(person)
    expect(cards).toHaveLength(3)
    expect(cards.find((card) => card.includes('王晓明'))).toMatch(/CATEGORIES:.*旧邮箱通讯录/)
  }

  await page.goto(address)
  await press(page, say('撤销这次导入', 'Undo this import'))
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText(say('新增的3位会删除', 'The 3 new ones are deleted'))
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('撤销导入', 'Undo the import') }).click()
  await expect(page.getByRole('heading', { name: say('这次导入已撤销', 'This import is undone') })).toBeVisible({ timeout: 30_000 })
  await page.goto('/contacts')
  await expect(rowOf(page, '王晓明')).toHaveCount(0)
  if (demo.carddav) expect(await contactsByDav(person)).toEqual([])
  const operations = (await auditOf(person.address)).map(({ operation, outcome }) => `${operation} ${outcome}`)
  expect(operations).toEqual(expect.arrayContaining(['contacts.upload done', 'contacts.import done', 'contacts.undo done']))
})

test('Of several files each is found or refused by itself; a charset and a column are put right by hand', async ({ page, person, say }) => {
  await signIn(page, person, '/contacts/import')
  const workbook = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200, 1), Buffer.from('xl/workbook.xml')])
  const traditional = oldBook(['張偉,wei@taipei.example,0912345678,臺灣大學,,,551122,好久不見'], 'big5')
  await choose(
    page,
    say,
    csv('表格.csv', workbook),
    csv('空的.csv', Buffer.alloc(0)),
    csv('台北.csv', traditional),
    csv('同事.csv', oldBook(['赵敏,min@yunling.example,,,,,,'])),
  )
  await expect(rowOf(page, '表格.csv').getByRole('alert')).toContainText('Excel')
  await expect(rowOf(page, '空的.csv').getByRole('alert')).toContainText(say('这个文件是空的', 'There is nothing in this file'))
  await expect(rowOf(page, '同事.csv')).toContainText(say('新的1位', '1 new'))
  await expectAccessible(page)
  await expectFits(page)
  for (const refused of ['表格.csv', '空的.csv'])
    await rowOf(page, refused)
      .getByRole('button', { name: say('去掉', 'Remove') })
      .click()

  const name = rowOf(page, '0912345678')
  await page.getByRole('radio', { name: /Windows-1252/ }).check()
  await expect(page.getByRole('row').filter({ hasText: '張偉' })).toHaveCount(0)
  await page.getByRole('radio', { name: /Big5/ }).check()
  await expect(page.getByRole('row').filter({ hasText: '張偉' })).toBeVisible()
  await expect(name).toBeVisible()
  await page.getByLabel(say('“QQ”导入为', 'Import “QQ” as')).selectOption({ label: say('昵称', 'Nickname') })
  await expect(page.getByLabel(say('“QQ”导入为', 'Import “QQ” as')).locator('option:checked')).toHaveText(say('昵称', 'Nickname'))
  await page.getByLabel(say('放进哪个组', 'Into which group')).selectOption({ label: say('不放进组', 'Into no group') })
  await press(page, say('导入2位', 'Import 2'))
  await expect(page.getByRole('heading', { name: say('2位联系人已导入', '2 contacts imported') })).toBeVisible({ timeout: 30_000 })

  await page.goto('/contacts')
  await rowOf(page, '張偉').getByRole('link').click()
  await expect(page.getByText('551122')).toBeVisible()
  await expect(page.locator('dl')).not.toContainText('QQ')
})

test('A contact is written down and corrected; who was changed elsewhere meanwhile is told, and nothing typed is lost', async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person, '/contacts?edit=true')
  await press(page, say('保存', 'Save'))
  await expect(page.getByLabel(say('姓名', 'Full name'))).toHaveAccessibleDescription(say('写上姓名', 'Give a name'))
  await page.getByLabel(say('姓名', 'Full name')).fill('周欣')
  await page.getByLabel(say('邮箱1', 'Mail 1'), { exact: true }).fill('zhou@x.example')
  await press(page, say('再加一个邮箱', 'Add mail'))
  await expect(page.getByLabel(say('邮箱2', 'Mail 2'), { exact: true })).toBeFocused()
  await page.getByLabel(say('邮箱2', 'Mail 2'), { exact: true }).fill('xin@home.example')
  await page.getByLabel(say('生日', 'Birthday')).fill('2月3日')
  await press(page, say('新建组', 'New group'))
  await page.getByLabel(say('新组的名字', 'Name of the new group')).fill('亲友')
  await press(page, say('加上', 'Add'))
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('保存', 'Save'))
  await expect(page.getByRole('heading', { name: '周欣' })).toBeVisible()
  await expect(page.getByText(say('2月3日', '3 Feb'))).toBeVisible()

  const id = new URL(page.url()).searchParams.get('id') as string
  await press(page, say('编辑', 'Edit'))
  const title = page.getByLabel(say('职务', 'Title'))
  await title.fill('馆长')
  const { id: _id, version, ...card } = await (await page.request.get(`/api/v1/mailboxes/me/contacts/${id}`)).json()
  await saveElsewhere(page, { ...card, department: '图书馆' }, { id, version })
  await press(page, say('保存', 'Save'))
  const told = page.getByRole('alert').filter({ hasText: say('刚在别处改过', 'changed this contact a moment ago') })
  await expect(told).toContainText(say('部门', 'Department'))
  await expect(title).toHaveValue('馆长')
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('用别处改的', 'Take theirs'))
  await expect(page.getByLabel(say('部门', 'Department'))).toHaveValue('图书馆')
  await title.fill('馆长')
  await press(page, say('保存', 'Save'))
  await expect(page.getByText('图书馆 · 馆长')).toBeVisible()

  await press(page, say('删除', 'Delete'))
  await expect(rowOf(page, '周欣')).toHaveCount(0)
  await page.getByRole('button', { name: say('撤销', 'Undo'), exact: true }).click()
  await expect(rowOf(page, '周欣')).toBeVisible()
  const { contacts } = await (await page.request.get('/api/v1/mailboxes/me/contacts')).json()
  expect(contacts).toMatchObject([{ id, title: '馆长', birthday: '--02-03', groups: ['亲友'] }])
})

test('T32 what is exported runs no formula in a spreadsheet, and comes back as it was', async ({ page, person, say }) => {
  await signIn(page, person, '/contacts')
  const evil = {
    name: '=HYPERLINK("https://evil.example")',
    organisation: '@SUM(1+1)',
    phones: [{ kind: 'mobile', number: '+8613888001200' }],
  }
  const card = { ...evil, emails: [{ kind: 'work', address: 'wang@x.example' }], note: '-2+3' }
  const known = await saveElsewhere(page, card)
  await page.goto('/contacts')
  await press(page, say('导出', 'Export'))
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const download = page.waitForEvent('download')
  await dialog.getByRole('link', { name: say('导出1位', 'Export 1') }).click()
  const file = await (await download).path()
  const text = iconv.decode(await readFile(file), 'gb18030')
  expect(text).toContain('HYPERLINK')
  expect(text.split(/\r?\n|,/).filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([])

  await saveElsewhere(page, { ...card, note: 'lost', organisation: '' }, known)
  await page.goto('/contacts/import')
  await choose(page, say, csv('export.csv', await readFile(file)))
  await expect(page.getByRole('heading', { name: say('1位联系人已经有了', '1 person is there already') })).toBeVisible()
  await page.getByRole('radio', { name: say('用文件里的替换', 'Replace with the file') }).check()
  await page.getByLabel(say('放进哪个组', 'Into which group')).selectOption({ label: say('不放进组', 'Into no group') })
  await press(page, say('导入1位', 'Import 1'))
  await expect(page.getByRole('heading', { name: say('1位联系人已导入', '1 contact imported') })).toBeVisible({ timeout: 30_000 })
  const { contacts } = await (await page.request.get('/api/v1/mailboxes/me/contacts')).json()
  expect(contacts).toMatchObject([{ ...evil, note: '-2+3' }])
})

test('A long list is walked with the keys and put into groups; two that are one are merged', async ({ page, person, say }) => {
  await signIn(page, person, '/contacts/import')
  const many = Array.from({ length: 120 }, (_, n) => `同事${String(n).padStart(3, '0')},n${n}@x.example,,,,,,`)
  await choose(page, say, csv('同事.csv', oldBook(many)))
  await press(page, say('导入120位', 'Import 120'))
  await page.getByRole('link', { name: say('看这一组', 'Open the group') }).click({ timeout: 30_000 })
  await expect(page.getByText(say('显示50位，共120位', '50 of 120 shown'))).toBeVisible()
  await press(page, say('再显示一些', 'Show more'))
  await expect(page.getByText(say('显示100位，共120位', '100 of 120 shown'))).toBeVisible()
  await rowOf(page, '同事000').getByRole('link').focus()
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, '同事001').getByRole('link')).toBeFocused()
  await page.keyboard.press('Shift+X')
  await page.getByRole('button', { name: say('分组', 'Groups'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: say('新建组', 'New group') }).click()
  await dialog.getByLabel(say('新组的名字', 'Name of the new group')).fill('项目')
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  await expectFits(page)
  await dialog.getByRole('button', { name: say('保存', 'Save'), exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await page.goto(`/contacts?group=${encodeURIComponent('项目')}`)
  await expect(page.getByText(say('共2位', '2 contacts'), { exact: true })).toBeVisible()

  await saveElsewhere(page, { name: '同事零', emails: [{ kind: 'work', address: 'N0@x.example' }], title: '组长' })
  await page.goto('/contacts/duplicates')
  await expect(page.getByRole('heading', { name: '同事零' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: say('把2位合成一位', 'Merge 2 into one') }).click()
  await expect(page.getByText(say('没有重复的联系人', 'No duplicates'))).toBeVisible()
  const { contacts } = await (await page.request.get('/api/v1/mailboxes/me/contacts?text=n0@x')).json()
  expect(contacts).toMatchObject([{ title: '组长', groups: expect.arrayContaining(['同事', '项目']) }])
})
