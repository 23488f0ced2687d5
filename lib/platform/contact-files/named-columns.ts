import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { nameOf } from '#lib/mail-core/address-book/vcard.ts'
import { writeList, writeMessenger } from './values.ts'
import type { ColumnField } from './words.ts'

/** A contact as cells of a table, by the heads of their columns. */
export type Cells = [head: string, cell: string][]

/** How a program heads its columns that has one for each kind of number and address. */
export interface Style {
  /** The columns that the program itself writes; others follow where a contact needs them. */
  usual: string[]
  /** Of the second and further ones, the number stands at `#`, or else at the end. */
  heads: Record<ColumnField, string>
  /** Whether it wants the whole name of everybody; otherwise only where that does not follow from its parts. */
  wantsName: boolean
  /** Whether all addresses stand in one cell. */
  joinsMail: boolean
  genders: Record<'male' | 'female', string>
}

export const FOXMAIL: Style = {
  usual: [
    ...['名', '姓', '姓名', '昵称', '电子邮件地址', '手机', '个人主页', '性别', '生日', 'MSN', 'QQ', '公司', '部门', '职位', '公司网页'],
    ...['公司所在国家', '公司所在省', '公司所在市', '公司所在街道', '公司所在地邮政编码', '办公电话1', '办公电话2', '公司传真', '办公地点'],
    ...[
      '家庭所在国家',
      '家庭所在省',
      '家庭所在市',
      '家庭所在街道',
      '家庭所在地邮政编码',
      '家庭电话1',
      '家庭传真',
      '附注',
      'foxaddrFolderName',
    ],
  ],
  heads: {
    ...{ name: '姓名', familyName: '姓', givenName: '名', middleName: '中间名', prefix: '称谓', suffix: '后缀', nickname: '昵称' },
    ...{ 'email.other': '电子邮件地址', 'email.work': '工作邮箱', 'email.home': '家庭邮箱' },
    ...{ 'phone.mobile': '手机', 'phone.work': '办公电话1', 'phone.home': '家庭电话1', 'phone.work_fax': '公司传真' },
    ...{ 'phone.home_fax': '家庭传真', 'phone.pager': '传呼机', 'phone.other': '其他电话' },
    ...{ organisation: '公司', department: '部门', title: '职位' },
    ...{ 'address.work.street': '公司#所在街道', 'address.work.city': '公司#所在市', 'address.work.region': '公司#所在省' },
    ...{ 'address.work.postcode': '公司#所在地邮政编码', 'address.work.country': '公司#所在国家' },
    ...{ 'address.home.street': '家庭#所在街道', 'address.home.city': '家庭#所在市', 'address.home.region': '家庭#所在省' },
    ...{ 'address.home.postcode': '家庭#所在地邮政编码', 'address.home.country': '家庭#所在国家' },
    ...{ 'address.other.street': '其他#街道', 'address.other.city': '其他#市', 'address.other.region': '其他#省' },
    ...{ 'address.other.postcode': '其他#邮政编码', 'address.other.country': '其他#国家' },
    ...{ 'url.home': '个人主页', 'url.work': '公司网页', 'url.other': '其他网页' },
    ...{ 'im.qq': 'QQ', 'im.wechat': '微信', 'im.skype': 'Skype', 'im.msn': 'MSN', 'im.icq': 'ICQ', 'im.other': '即时通讯' },
    ...{ birthday: '生日', anniversary: '纪念日', gender: '性别', note: '附注', groups: 'foxaddrFolderName' },
  },
  wantsName: true,
  joinsMail: true,
  genders: { male: '男', female: '女' },
}

export const OUTLOOK: Style = {
  usual: [
    ...['Title', 'First Name', 'Middle Name', 'Last Name', 'Suffix', 'Company', 'Department', 'Job Title'],
    ...['Business', 'Home', 'Other'].flatMap((place) =>
      ['Street', 'City', 'State', 'Postal Code', 'Country/Region'].map((part) => `${place} ${part}`),
    ),
    ...['Business Fax', 'Business Phone', 'Business Phone 2', 'Home Fax', 'Home Phone', 'Home Phone 2', 'Mobile Phone', 'Other Phone'],
    ...['Pager', 'Anniversary', 'Birthday', 'Categories', 'E-mail Address', 'E-mail 2 Address', 'E-mail 3 Address', 'Gender', 'Notes'],
    'Web Page',
  ],
  heads: {
    ...{ name: 'Full Name', familyName: 'Last Name', givenName: 'First Name', middleName: 'Middle Name', prefix: 'Title' },
    ...{ suffix: 'Suffix', nickname: 'Nickname' },
    ...{ 'email.other': 'E-mail # Address', 'email.work': 'Work E-mail', 'email.home': 'Home E-mail' },
    ...{ 'phone.mobile': 'Mobile Phone', 'phone.work': 'Business Phone', 'phone.home': 'Home Phone', 'phone.work_fax': 'Business Fax' },
    ...{ 'phone.home_fax': 'Home Fax', 'phone.pager': 'Pager', 'phone.other': 'Other Phone' },
    ...{ organisation: 'Company', department: 'Department', title: 'Job Title' },
    ...{ 'address.work.street': 'Business # Street', 'address.work.city': 'Business # City', 'address.work.region': 'Business # State' },
    ...{ 'address.work.postcode': 'Business # Postal Code', 'address.work.country': 'Business # Country/Region' },
    ...{ 'address.home.street': 'Home # Street', 'address.home.city': 'Home # City', 'address.home.region': 'Home # State' },
    ...{ 'address.home.postcode': 'Home # Postal Code', 'address.home.country': 'Home # Country/Region' },
    ...{ 'address.other.street': 'Other # Street', 'address.other.city': 'Other # City', 'address.other.region': 'Other # State' },
    ...{ 'address.other.postcode': 'Other # Postal Code', 'address.other.country': 'Other # Country/Region' },
    ...{ 'url.home': 'Personal Web Page', 'url.work': 'Business Web Page', 'url.other': 'Web Page' },
    ...{ 'im.qq': 'QQ', 'im.wechat': 'WeChat', 'im.skype': 'Skype', 'im.msn': 'MSN', 'im.icq': 'ICQ', 'im.other': 'IM Address' },
    ...{ birthday: 'Birthday', anniversary: 'Anniversary', gender: 'Gender', note: 'Notes', groups: 'Categories' },
  },
  wantsName: false,
  joinsMail: false,
  genders: { male: 'Male', female: 'Female' },
}

const SINGLES = [
  ...(['middleName', 'prefix', 'suffix', 'nickname', 'organisation', 'department', 'title', 'birthday', 'anniversary', 'note'] as const),
]
const PARTS = ['street', 'city', 'region', 'postcode', 'country'] as const

/** The cells of a contact: nothing of it is left out, what the program has no column for gets one that the reader knows. */
export function namedCells(card: ContactCard, style: Style): Cells {
  const count = new Map<ColumnField, number>()
  return valuesOf(card, style).map(([field, text]) => {
    const number = (count.get(field) ?? 0) + 1
    count.set(field, number)
    return [numbered(style.heads[field], number), text]
  })
}

function numbered(head: string, number: number): string {
  if (number === 1) return head.replace(/# ?/, '')
  if (head.includes('#')) return head.replace('#', String(number))
  return /[a-z]$/.test(head) ? `${head} ${number}` : `${head.replace(/1$/, '')}${number}`
}

function valuesOf(card: ContactCard, { wantsName, joinsMail, genders }: Style): [ColumnField, string][] {
  const mails = card.emails.map(({ address }) => address)
  const ofKind = (kind: 'work' | 'home') => card.emails.filter((email) => email.kind === kind).map(({ address }) => address)
  const values: [ColumnField, string | undefined][] = [
    ...namesOf(card, wantsName),
    ...(joinsMail ? [mails.join(',')] : mails).map((cell): [ColumnField, string] => ['email.other', cell]),
    ['email.work', ofKind('work').join(',')],
    ['email.home', ofKind('home').join(',')],
    ...card.phones.map(({ kind, number }): [ColumnField, string] => [`phone.${kind}`, number]),
    ...SINGLES.map((key): [ColumnField, string | undefined] => [key, card[key]]),
    ...card.urls.map(({ kind, url }): [ColumnField, string] => [`url.${kind}`, url]),
    ...card.ims.map(messenger),
    ['gender', card.gender && genders[card.gender]],
    ['groups', writeList(card.groups, 'other')],
  ]
  // With all their parts: an address is known by its number, be its street empty.
  const addresses = card.addresses.flatMap(({ kind, ...address }) =>
    PARTS.map((part): [ColumnField, string] => [`address.${kind}.${part}`, address[part]]),
  )
  return [...values.filter((value): value is [ColumnField, string] => Boolean(value[1])), ...addresses]
}

/** Whose name has no parts has it as a given name: a program that knows parts only would show nobody. */
function namesOf(card: ContactCard, wantsName: boolean): [ColumnField, string | undefined][] {
  const hasParts = Boolean(card.familyName || card.givenName || card.middleName)
  const isSaid = wantsName || (hasParts && nameOf(card) !== card.name)
  return [
    ['familyName', card.familyName],
    ['givenName', hasParts || wantsName ? card.givenName : card.name],
    ['name', isSaid ? card.name : undefined],
  ]
}

const SERVICES = ['qq', 'wechat', 'skype', 'msn', 'icq']

const messenger = (im: ContactCard['ims'][number]): [ColumnField, string] =>
  SERVICES.includes(im.service) ? [`im.${im.service}` as ColumnField, im.handle] : ['im.other', writeMessenger(im)]
