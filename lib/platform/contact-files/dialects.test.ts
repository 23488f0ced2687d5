import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { type ContactRow, readContactFile } from './read.ts'
import { CHARSETS, type Dialect } from './words.ts'

interface Sample {
  dialect: Dialect
  /** As each program writes them. */
  heads: string
  /** By head. */
  cells: Record<string, string>
  card: Partial<ContactCard>
}

const NAMED = { 名: '晓彤', 姓: '林', 姓名: '林晓彤', 电子邮件地址: 'lin@yunling.example,lin@home.example' }
const EMAILS: ContactCard['emails'] = [
  { kind: 'other', address: 'lin@yunling.example' },
  { kind: 'other', address: 'lin@home.example' },
]
const WORK = { kind: 'work', street: '云岭路1号', city: '昆明', region: '云南', postcode: '650000', country: '中国' } as const
const HOME = { ...WORK, kind: 'home' } as const
const NAME = { name: '林晓彤', familyName: '林', givenName: '晓彤', emails: EMAILS }

const SAMPLES: Record<string, Sample> = {
  'Foxmail, 32 columns': {
    dialect: 'foxmail',
    heads:
      '名,姓,姓名,昵称,电子邮件地址,手机,个人主页,性别,生日,MSN,QQ,公司,部门,职位,公司网页,公司所在国家,公司所在省,公司所在市,公司所在街道,公司所在地邮政编码,办公电话1,办公电话2,公司传真,办公地点,家庭所在国家,家庭所在省,家庭所在市,家庭所在街道,家庭所在地邮政编码,家庭电话1,家庭传真,附注',
    cells: {
      ...{ ...NAMED, 手机: '13800138000', 性别: '女', 生日: '1990-2-3', QQ: '10001', 公司: '云岭大学', 部门: '图书馆', 职位: '馆员' },
      ...{ 公司网页: 'yunling.example', 公司所在国家: '中国', 公司所在省: '云南', 公司所在市: '昆明', 公司所在街道: '云岭路1号' },
      ...{ 公司所在地邮政编码: '650000', 办公电话1: '0871-5550001', 办公电话2: '0871-5550002', 公司传真: '0871-5550003', 附注: '一\n二' },
    },
    card: {
      ...{
        ...NAME,
        gender: 'female',
        birthday: '1990-02-03',
        organisation: '云岭大学',
        department: '图书馆',
        title: '馆员',
        note: '一\n二',
      },
      phones: [
        { kind: 'mobile', number: '13800138000' },
        { kind: 'work', number: '0871-5550001' },
        { kind: 'work', number: '0871-5550002' },
        { kind: 'work_fax', number: '0871-5550003' },
      ],
      ...{ ims: [{ service: 'qq', handle: '10001' }], urls: [{ kind: 'work', url: 'yunling.example' }], addresses: [WORK] },
    },
  },
  'Foxmail, older': {
    dialect: 'foxmail',
    heads:
      '姓名,职位,昵称,电子邮件地址,手机,传呼机,QQ,ICQ,性别,生日,配偶,子女,家庭所在地邮政编码,家庭所在街道,家庭电话1,公司,公司所在地邮政编码,公司所在街道,办公电话1,公司传真,附注',
    cells: { 姓名: '林晓彤', 昵称: '小林', 传呼机: '1275550', ICQ: '551122', 家庭电话1: '0871-5550004', 家庭所在街道: '翠湖路2号' },
    card: {
      ...{ name: '林晓彤', nickname: '小林', ims: [{ service: 'icq', handle: '551122' }] },
      phones: [
        { kind: 'pager', number: '1275550' },
        { kind: 'home', number: '0871-5550004' },
      ],
      addresses: [{ kind: 'home', street: '翠湖路2号', city: '', region: '', postcode: '', country: '' }],
    },
  },
  'Foxmail, short': {
    dialect: 'foxmail',
    heads: '名,姓,姓名,电子邮件地址,手机,职位,办公电话1',
    cells: { ...NAMED, 办公电话1: '0871-5550001' },
    card: { ...NAME, phones: [{ kind: 'work', number: '0871-5550001' }] },
  },
  'Foxmail with groups': {
    dialect: 'foxmail',
    heads: '姓名,电子邮件地址,手机,职位,部门,foxaddrID,foxaddrListMembers,foxaddrFolderName',
    cells: { 姓名: '林晓彤', 电子邮件地址: 'lin@yunling.example', foxaddrID: '17', foxaddrFolderName: '同事' },
    card: { name: '林晓彤', emails: EMAILS.slice(0, 1), groups: ['同事'] },
  },
  'Outlook in Chinese': {
    dialect: 'outlook',
    heads:
      '名,姓,姓名,昵称,电子邮件地址,移动电话,个人网页,性别,生日,MSN,QQ,公司,部门,职务,业务网页,公司所在国家/地区,公司所在省/自治区,公司所在城市,公司所在街道,公司所在地的邮政编码,业务电话,业务电话2,业务传真,办公地点,住宅所在国家/地区,住宅所在省/自治区,住宅所在城市,住宅所在街道,住宅所在地的邮政编码,住宅电话,住宅传真,附注',
    cells: {
      ...{ ...NAMED, 移动电话: '13800138000', 职务: '馆员', 业务电话2: '0871-5550002', 业务传真: '0871-5550003', 住宅电话: '0871-5550004' },
      ...{ '住宅所在国家/地区': '中国', '住宅所在省/自治区': '云南', 住宅所在城市: '昆明', 住宅所在街道: '云岭路1号' },
      住宅所在地的邮政编码: '650000',
    },
    card: {
      ...{ ...NAME, title: '馆员', addresses: [HOME] },
      phones: [
        { kind: 'mobile', number: '13800138000' },
        { kind: 'work', number: '0871-5550002' },
        { kind: 'work_fax', number: '0871-5550003' },
        { kind: 'home', number: '0871-5550004' },
      ],
    },
  },
  'Outlook in English': {
    dialect: 'outlook',
    heads:
      'Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region,Business Fax,Business Phone,Home Phone,Mobile Phone,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 3 Address,Gender,Notes,Web Page',
    cells: {
      ...{ Title: 'Dr.', 'First Name': 'Yue', 'Last Name': 'Lin', 'Job Title': 'Librarian' },
      ...{ 'Business Street': '云岭路1号', 'Business Street 2': '图书馆' },
      ...{ 'Business City': '昆明', 'Business State': '云南', 'Business Postal Code': '650000', 'Business Country/Region': '中国' },
      ...{ 'Mobile Phone': '+86 138 0013 8000', Birthday: '2/3/1990', Categories: '同事;Family', 'E-mail Address': 'lin@yunling.example' },
      ...{ 'E-mail Type': 'SMTP', 'E-mail 2 Address': 'lin@home.example', Gender: 'Unspecified' },
    },
    card: {
      ...{
        name: 'Yue Lin',
        familyName: 'Lin',
        givenName: 'Yue',
        prefix: 'Dr.',
        title: 'Librarian',
        birthday: '1990-02-03',
        emails: EMAILS,
      },
      ...{ groups: ['同事', 'Family'], phones: [{ kind: 'mobile', number: '+86 138 0013 8000' }] },
      addresses: [{ ...WORK, street: '云岭路1号\n图书馆' }],
    },
  },
  'Outlook Express': {
    dialect: 'outlook_express',
    heads:
      '姓名,电子邮件地址,家庭所在街道,家庭所在城市,家庭所在地的邮政编码,家庭所在省/自治区,家庭所在国家/地区,家庭电话,公司所在街道,公司所在城市,公司所在地的邮政编码,公司所在省/自治区,公司所在国家/地区,商务电话,公司,职务',
    cells: {
      ...{ 姓名: '林晓彤', 家庭所在街道: '云岭路1号', 家庭所在城市: '昆明', 家庭所在地的邮政编码: '650000', 商务电话: '0871-5550001' },
      ...{ '家庭所在省/自治区': '云南', '家庭所在国家/地区': '中国' },
    },
    card: { name: '林晓彤', addresses: [HOME], phones: [{ kind: 'work', number: '0871-5550001' }] },
  },
  'Google, new': {
    dialect: 'google',
    heads:
      'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Event 1 - Label,Event 1 - Value',
    cells: {
      ...{ 'First Name': '晓彤', 'Last Name': '林', Labels: '同事 ::: * myContacts', 'E-mail 1 - Label': 'Work' },
      ...{ 'E-mail 1 - Value': 'work@yunling.example', 'E-mail 2 - Label': '* Home', 'E-mail 2 - Value': 'lin@home.example' },
      ...{ 'Phone 1 - Label': 'Mobile', 'Phone 1 - Value': '13800138000 ::: 13900139000', 'Address 1 - Label': 'Home' },
      ...{
        'Address 1 - Street': '云岭路1号',
        'Address 1 - City': '昆明',
        'Address 1 - Region': '云南',
        'Address 1 - Postal Code': '650000',
      },
      ...{ 'Address 1 - Country': '中国', 'Event 1 - Label': 'Anniversary', 'Event 1 - Value': '2015-10-01' },
    },
    card: {
      ...{ name: '林晓彤', familyName: '林', givenName: '晓彤', groups: ['同事'], addresses: [HOME], anniversary: '2015-10-01' },
      emails: [
        { kind: 'home', address: 'lin@home.example' },
        { kind: 'work', address: 'work@yunling.example' },
      ],
      phones: [
        { kind: 'mobile', number: '13800138000' },
        { kind: 'mobile', number: '13900139000' },
      ],
    },
  },
  'Google, old': {
    dialect: 'google',
    heads:
      'Name,Given Name,Additional Name,Family Name,Birthday,Gender,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Website 1 - Type,Website 1 - Value',
    cells: {
      ...{ Name: '林晓彤', 'Given Name': '晓彤', 'Family Name': '林', 'Group Membership': '* My Contacts ::: 同事' },
      ...{ 'E-mail 1 - Type': '* Other', 'E-mail 1 - Value': 'lin@yunling.example ::: lin@home.example', 'IM 1 - Type': 'Home' },
      ...{ 'IM 1 - Service': 'QQ', 'IM 1 - Value': '10001', 'Phone 1 - Type': 'Work Fax', 'Phone 1 - Value': '0871-5550003' },
      ...{ 'Organization 1 - Name': '云岭大学', 'Website 1 - Type': 'Work', 'Website 1 - Value': 'yunling.example' },
    },
    card: {
      ...{ ...NAME, groups: ['同事'], organisation: '云岭大学', ims: [{ service: 'qq', handle: '10001' }] },
      ...{ phones: [{ kind: 'work_fax', number: '0871-5550003' }], urls: [{ kind: 'work', url: 'yunling.example' }] },
    },
  },
  '163 and Coremail': {
    dialect: 'netease',
    heads:
      '姓名,邮件地址,移动电话,联系地址,邮政编码,联系电话,公司,公司地址,公司邮编,公司电话,传真电话,生日,ICQ,主页地址,备用邮箱1,备用邮箱2,部门,职位,纪念日,备注,__cm_group',
    cells: {
      ...{ 姓名: '林晓彤', 邮件地址: 'lin@yunling.example', 移动电话: '13800138000', 联系地址: '翠湖路2号', 邮政编码: '650031' },
      ...{ 联系电话: '0871-5550005', 公司地址: '云岭路1号', 备用邮箱1: 'lin@home.example', 生日: '1990年2月3日', __cm_group: '同事' },
    },
    card: {
      ...{ name: '林晓彤', emails: EMAILS, birthday: '1990-02-03', groups: ['同事'] },
      phones: [
        { kind: 'mobile', number: '13800138000' },
        { kind: 'other', number: '0871-5550005' },
      ],
      addresses: [
        { kind: 'other', street: '翠湖路2号', city: '', region: '', postcode: '650031', country: '' },
        { kind: 'work', street: '云岭路1号', city: '', region: '', postcode: '', country: '' },
      ],
    },
  },
  '139': {
    dialect: 'mail139',
    heads: '姓名,电子邮箱,商务邮箱,手机号码,商务手机,公司名称,组名',
    cells: { 姓名: '林晓彤', 商务邮箱: 'lin@yunling.example', 手机号码: '13800138000', 公司名称: '云岭大学', 组名: '同事' },
    card: {
      ...{ name: '林晓彤', organisation: '云岭大学', groups: ['同事'], emails: [{ kind: 'work', address: 'lin@yunling.example' }] },
      phones: [{ kind: 'mobile', number: '13800138000' }],
    },
  },
  Sohu: {
    dialect: 'sohu',
    heads: '名字,电子邮件地址,移动电话,个人网页,商务传真,商务电话',
    cells: { 名字: '林晓彤', 移动电话: '13800138000', 个人网页: 'lin.example', 商务电话: '0871-5550001' },
    card: {
      ...{ name: '林晓彤', urls: [{ kind: 'home', url: 'lin.example' }] },
      phones: [
        { kind: 'mobile', number: '13800138000' },
        { kind: 'work', number: '0871-5550001' },
      ],
    },
  },
}

const quoted = (cell: string) => (/[",;\t\n]/.test(cell) ? `"${cell}"` : cell)
const tableOf = (heads: string[], cells: Record<string, string>, separator: string) =>
  [heads, heads.map((head) => cells[head] ?? '')].map((row) => `${row.map(quoted).join(separator)}\r\n`).join('')

async function rowsOf(rows: AsyncIterable<ContactRow>): Promise<ContactRow[]> {
  const all: ContactRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

const EMPTY = { emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] }

describe.each(Object.entries(SAMPLES))('%s', (_, { dialect, heads, cells, card }) => {
  const names = heads.split(',')

  test('has heads for every cell of the sample', () => {
    for (const head of Object.keys(cells)) expect(names).toContain(head)
  })

  test.each(CHARSETS.filter((charset) => charset !== 'windows-1252' && charset !== 'big5'))('is read in %s', async (charset) => {
    for (const separator of [',', ';', '\t']) {
      const file = await readContactFile(iconv.encode(tableOf(names, cells, separator), charset), { name: 'x.csv' })
      expect(file).toMatchObject({ dialect, charset, heads: true, count: 1 })
      expect(file.columns.map(({ head }) => head)).toEqual(names)
      const [row] = await rowsOf(file.rows)
      expect(row?.card).toEqual({ ...EMPTY, ...card })
    }
  })

  test('is read with its columns in any order and only some of them', async () => {
    const some = names.toReversed().filter((head) => cells[head] !== undefined)
    const file = await readContactFile(Buffer.from(tableOf(some, cells, ',')), { name: 'x.csv' })
    expect(file.dialect).toBe(dialect)
    const [row] = await rowsOf(file.rows)
    expect(row?.card?.name).toBe(card.name)
    expect(row?.card?.emails).toHaveLength(card.emails?.length ?? 0)
    expect(row?.card?.phones).toHaveLength(card.phones?.length ?? 0)
  })
})

test('Outlook’s file from Taiwan is read in Big5, and a German table in Windows-1252', async () => {
  const taiwan = '姓名,電子郵件地址,行動電話,公司,部門,職稱\r\n張偉,wei@taipei.example,0912345678,臺灣大學,圖書館,館長\r\n'
  const [zhang] = await rowsOf((await readContactFile(iconv.encode(taiwan, 'big5'), { name: 'x.csv' })).rows)
  expect(zhang?.card).toMatchObject({ name: '張偉', organisation: '臺灣大學', department: '圖書館', title: '館長' })
  const germany = 'Name;E-mail Address;Mobile Phone\r\nJörg Müller;j.mueller@tum.example;+49 151 2345678\r\n'
  const [jorg] = await rowsOf((await readContactFile(iconv.encode(germany, 'windows-1252'), { name: 'x.csv' })).rows)
  expect(jorg?.card).toMatchObject({ name: 'Jörg Müller', phones: [{ kind: 'mobile', number: '+49 151 2345678' }] })
})

test('Thunderbird’s and Yahoo’s tables are read, though they stand in no reference', async () => {
  const thunderbird =
    'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Organization\n' +
    'Ann,Lee,Ann Lee,,ann@tum.example,lee@home.example,,+49 89 1,,,+49 89 2,+49 151 3,Elm St 1,,Bonn,,53111,Germany,TUM\n'
  const [ann] = await rowsOf((await readContactFile(Buffer.from(thunderbird), { name: 'x.csv' })).rows)
  expect(ann?.card).toMatchObject({
    ...{ name: 'Ann Lee', familyName: 'Lee', organisation: 'TUM' },
    emails: [{ address: 'ann@tum.example' }, { address: 'lee@home.example' }],
    phones: [{ kind: 'work' }, { kind: 'pager' }, { kind: 'mobile' }],
    addresses: [{ kind: 'home', street: 'Elm St 1', city: 'Bonn', postcode: '53111', country: 'Germany' }],
  })
  const yahoo = 'First,Middle,Last,Nickname,Email,Category,Home,Work,Mobile\nAnn,B,Lee,,ann@tum.example,Friends,1,2,3\n'
  const [lee] = await rowsOf((await readContactFile(Buffer.from(yahoo), { name: 'x.csv' })).rows)
  expect(lee?.card).toMatchObject({
    name: 'Ann B Lee',
    groups: ['Friends'],
    phones: [{ kind: 'home' }, { kind: 'work' }, { kind: 'mobile' }],
  })
})
