import type { ColumnField } from './words.ts'

/** As heads are compared: without regard to width, case, blanks and punctuation. */
export const plainHead = (head: string): string =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** As mail programs head their columns, in the form of `plainHead`, without the number of those that come several times. */
const HEADS: Record<Exclude<ColumnField, `address.${string}`>, string> = {
  name: '姓名 全名 名字 名称 显示名 显示名称 联系人 联系人姓名 name fullname displayname contactname',
  familyName: '姓 姓氏 lastname familyname surname last',
  givenName: '名 firstname givenname first',
  middleName: '中间名 中間名 middlename additionalname middle',
  prefix: '称谓 稱謂 前缀 nameprefix prefix',
  suffix: '后缀 尊称后缀 中文称谓 namesuffix suffix',
  nickname: '昵称 暱稱 别名 nickname',
  'email.work': '工作邮箱 商务邮箱 公司邮箱 办公邮箱 企业邮箱 单位邮箱 businessemail workemail',
  'email.home': '家庭邮箱 个人邮箱 私人邮箱 homeemail personalemail',
  'email.other':
    '电子邮件地址 电子邮件 邮件地址 邮件 电子邮箱 邮箱 邮箱地址 電子郵件 電子郵件地址 郵件地址 備用郵箱 备用邮箱 常用邮箱 email emailaddress mail mailaddress primaryemail secondaryemail otheremail emailvalue',
  'phone.mobile':
    '手机 手機 行動電話 手機號碼 移动电话 手机号 手机号码 移动电话号码 商务手机 个人手机 mobile mobilephone mobilenumber cellphone cell',
  'phone.work':
    '办公电话 辦公電話 商務電話 公司電話 业务电话 商务电话 公司电话 工作电话 单位电话 单位主要电话 公司主要电话 businessphone companymainphone workphone officephone work',
  'phone.home': '家庭电话 住宅电话 住家電話 家庭電話 homephone home',
  'phone.work_fax':
    '公司传真 公司傳真 商務傳真 傳真 业务传真 商务传真 办公传真 工作传真 传真电话 传真 其他传真 businessfax workfax otherfax fax faxnumber',
  'phone.home_fax': '家庭传真 住宅传真 住家傳真 homefax',
  'phone.pager': '传呼机 寻呼机 呼机 pager pagernumber',
  'phone.other':
    '联系电话 聯絡電話 電話 电话 电话号码 座机 固定电话 固话 主要电话 其他电话 车载电话 回电话 phone phonenumber telephone primaryphone otherphone carphone callback phonevalue',
  organisation:
    '公司 公司名称 单位 單位 公司名稱 单位名称 工作单位 组织 机构 company companyname organization organisation organizationname',
  department: '部门 部門 department organizationdepartment',
  title: '职位 职务 職稱 職務 職位 职称 头衔 jobtitle title position organizationtitle',
  'url.work': '公司网页 业务网页 商务网页 公司主页 businesswebpage',
  'url.home': '个人主页 个人网页 個人網頁 主页地址 personalwebpage',
  'url.other': '网页 網頁 网址 主页 其他网页 webpage website url websitevalue',
  'im.qq': 'qq qq号 qq号码',
  'im.wechat': '微信 微信号 wechat',
  'im.skype': 'skype',
  'im.msn': 'msn msnid',
  'im.icq': 'icq',
  'im.other': '即时通讯 即时消息 im imaddress imvalue instantmessagevalue',
  birthday: '生日 出生日期 birthday dateofbirth',
  anniversary: '纪念日 紀念日 anniversary eventvalue',
  gender: '性别 性別 gender sex',
  note: '附注 附註 備註 备注 注释 说明 notes note comments',
  groups: '组名 分组 群组 群組 類別 所属组 联系组 类别 foxaddrfoldername cmgroup categories category labels groupmembership groups group',
}

/** Whose address, as the heads of its parts begin. */
const PLACES = {
  work: '公司所在 商務 公司所在地的 公司所在地 公司 单位所在 单位 商务地址 业务地址 business work organization',
  home: '家庭所在 家庭所在地的 家庭所在地 家庭 住宅所在 住宅所在地的 住宅所在地 住宅 住宅地址 家庭地址 住家 home',
  other: '其他 其他地址 联系 通讯 通信 other address',
} as const
/** And how they end. */
const PARTS = {
  street: '街道 地址 街 street address pobox addresspobox extendedaddress',
  city: '市 城市 市县 city',
  region: '省 省份 省自治区 省市自治区 state region stateprovince province',
  postcode: '邮政编码 郵遞區號 邮编 postalcode zip zipcode postcode',
  country: '国家 国家地区 國家地區 country countryregion',
} as const

const words = (text: string) => text.split(' ')

const FIELDS = new Map<string, ColumnField>([
  ...Object.entries(PLACES).flatMap(([place, starts]) =>
    Object.entries(PARTS).flatMap(([part, ends]) =>
      words(starts).flatMap((start) =>
        words(ends).map((end): [string, ColumnField] => [start + end, `address.${place}.${part}` as ColumnField]),
      ),
    ),
  ),
  // Of an address that is neither said to be of work nor of home.
  ...Object.entries(PARTS).flatMap(([part, ends]) =>
    words(ends).map((end): [string, ColumnField] => [end, `address.other.${part}` as ColumnField]),
  ),
  ...Object.entries(HEADS).flatMap(([field, heads]) => words(heads).map((head): [string, ColumnField] => [head, field as ColumnField])),
])

export interface Meaning {
  field: ColumnField | null
  /** `email1`, `address.work.2`: columns with the same one are parts of one thing. */
  item: string
  /** `label`: says of which kind the value of the same item is; `service`: of an instant message, whose. */
  role: 'value' | 'label' | 'service'
}

const COMPANION = /^(email|phone|address|im|instantmessage|website|event)(\d+)(label|type|service|protocol)$/
const ADDRESS = /^address\.(work|home|other)/

/**
 * What a head means. A number says which of several it is; but at the end of a street, `Business Street 2`, which line of the same
 * address. Our own exports have a second address in `Business 2 Street`.
 */
export function meaningOf(head: string): Meaning {
  const plain = plainHead(head)
  const [, family, number, role] = COMPANION.exec(plain) ?? []
  if (family) {
    const item = family === 'address' ? `address.other.${number}` : `${family}${number}`
    return { field: null, item, role: role === 'label' || role === 'type' ? 'label' : 'service' }
  }
  const [, before = plain, digits = '', after = ''] = /^([^\d]+)(\d+)([^\d]*)$/.exec(plain) ?? []
  const field = FIELDS.get(plain) ?? FIELDS.get(before + after) ?? null
  const [address] = ADDRESS.exec(field ?? '') ?? []
  return { field, item: address ? `${address}.${after === '' ? '' : digits}` : `${before}${digits}`, role: 'value' }
}

/** Of a whole row of heads: Outlook's `Title` beside a `Job Title` is what stands before a name. */
export function meaningsOf(heads: string[]): Meaning[] {
  const hasJob = heads.some((head) => plainHead(head) === 'jobtitle')
  return heads.map((head) => {
    const meaning = meaningOf(head)
    return hasJob && plainHead(head) === 'title' ? { ...meaning, field: 'prefix' } : meaning
  })
}
