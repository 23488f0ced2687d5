import { plainHead } from './heads.ts'
import type { Dialect } from './words.ts'

/** As each program heads its columns; people choose at the export which of them they want. */
const TABLES: [dialect: Dialect, heads: string][] = [
  [
    'foxmail',
    '名,姓,姓名,昵称,电子邮件地址,手机,个人主页,性别,生日,MSN,QQ,公司,部门,职位,公司网页,公司所在国家,公司所在省,公司所在市,公司所在街道,公司所在地邮政编码,办公电话1,办公电话2,公司传真,办公地点,家庭所在国家,家庭所在省,家庭所在市,家庭所在街道,家庭所在地邮政编码,家庭电话1,家庭传真,附注,传呼机,ICQ,配偶,子女,foxaddrID,foxaddrListMembers,foxaddrFolderName',
  ],
  [
    'outlook',
    '名,姓,姓名,昵称,电子邮件地址,移动电话,个人网页,性别,生日,MSN,QQ,公司,部门,职务,业务网页,公司所在国家/地区,公司所在省/自治区,公司所在城市,公司所在街道,公司所在地的邮政编码,业务电话,业务电话2,业务传真,办公地点,住宅所在国家/地区,住宅所在省/自治区,住宅所在城市,住宅所在街道,住宅所在地的邮政编码,住宅电话,住宅传真,附注',
  ],
  [
    'outlook',
    '称谓,名,中间名,姓,中文称谓,单位,部门,职务,商务地址 国家/地区,商务地址 邮政编码,商务地址 省/市/自治区,商务地址 市/县,商务地址 街道,住宅地址 国家/地区,住宅地址 邮政编码,住宅地址 省/市/自治区,住宅地址 市/县,住宅地址 街道,商务传真,商务电话,商务电话 2,单位主要电话,住宅电话,住宅传真,移动电话,寻呼机,电子邮件地址,电子邮件类型,电子邮件显示名称,电子邮件 2 地址,电子邮件 3 地址,附注,类别,生日,纪念日,性别,网页',
  ],
  [
    'outlook',
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other Country/Region,Business Fax,Business Phone,Business Phone 2,Company Main Phone,Home Fax,Home Phone,Home Phone 2,Mobile Phone,Other Phone,Pager,Primary Phone,Account,Anniversary,Assistant's Name,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 3 Address,Gender,Initials,Keywords,Language,Location,Notes,Office Location,Profession,Spouse,Web Page",
  ],
  [
    'outlook_express',
    '姓名,电子邮件地址,家庭所在街道,家庭所在城市,家庭所在地的邮政编码,家庭所在省/自治区,家庭所在国家/地区,家庭电话,公司所在街道,公司所在城市,公司所在地的邮政编码,公司所在省/自治区,公司所在国家/地区,商务电话,公司,职务',
  ],
  [
    'outlook_express',
    'Name,E-mail Address,Home Street,Home City,Home Postal Code,Home State,Home Country/Region,Home Phone,Business Street,Business City,Business Postal Code,Business State,Business Country/Region,Business Phone,Company,Job Title,Nickname,Personal Web Page,Business Web Page',
  ],
  [
    'google',
    'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,Relation 1 - Label,Relation 1 - Value',
  ],
  [
    'google',
    'Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Organization 1 - Department,Website 1 - Type,Website 1 - Value',
  ],
  [
    'netease',
    '姓名,邮件地址,移动电话,联系地址,邮政编码,联系电话,公司,公司地址,公司邮编,公司电话,传真电话,生日,ICQ,主页地址,备用邮箱1,备用邮箱2,部门,职位,纪念日,备注,__cm_group,联系组,工作邮箱,商务手机',
  ],
  ['mail139', '姓名,电子邮箱,商务邮箱,手机号码,商务手机,公司名称,组名'],
  ['sohu', '名字,电子邮件地址,移动电话,个人网页,商务传真,商务电话,公司,职务,附注'],
]

/** Those that come several times, by any of their numbers. */
const withoutNumber = (head: string) => plainHead(head).replace(/\d+/g, '')
const KNOWN = TABLES.map(([dialect, heads]) => ({ dialect, heads: new Set(heads.split(',').map(withoutNumber)) }))
const LEAST_SHARE = 0.75
const LEAST_SHARE_OF_SURE = 0.5

/**
 * By the names of the columns, wherever they stand. A name that few programs use counts for more. Three quarters of them must be
 * names that the program uses; half, if it alone uses two of them.
 */
export function findDialect(heads: string[]): Dialect {
  const names = heads.map(withoutNumber).filter(Boolean)
  const usersOf = (name: string) => new Set(KNOWN.filter((table) => table.heads.has(name)).map(({ dialect }) => dialect)).size
  const ranked = KNOWN.map(({ dialect, heads: known }) => {
    const own = names.filter((name) => known.has(name))
    return {
      dialect,
      points: own.reduce((sum, name) => sum + 1 / usersOf(name), 0) - (names.length - own.length) / 4,
      isLikely: own.length / names.length >= (own.filter((name) => usersOf(name) === 1).length > 1 ? LEAST_SHARE_OF_SURE : LEAST_SHARE),
    }
  })
  const [best] = ranked.filter(({ isLikely }) => isLikely).toSorted((a, b) => b.points - a.points)
  return best?.dialect ?? 'other'
}
