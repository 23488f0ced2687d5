/** Of a file. */
export const MOST_BYTES = 5_000_000
export const MOST_ROWS = 10_000
export const MOST_COLUMNS = 300

export const CHARSETS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export const DIALECTS = ['foxmail', 'outlook', 'outlook_express', 'google', 'netease', 'mail139', 'sohu', 'vcard', 'other'] as const
/**
 * Why a row is left out: it names nobody who could be reached, holds an address that is none, cannot be read (a quote is missing, or
 * it has more cells than columns), is too long, or is an earlier row once more.
 */
export const ROW_FAULTS = ['no_contact', 'bad_address', 'bad_row', 'too_long', 'repeated'] as const
export const FILE_FORMATS = ['foxmail', 'outlook', 'google', 'vcard'] as const

const PARTS = ['street', 'city', 'region', 'postcode', 'country'] as const

/** What a column can fill, by the names of a card; kinds stand behind a dot. `im.other`: `service:handle`. */
export const COLUMN_FIELDS = [
  ...(['name', 'familyName', 'givenName', 'middleName', 'prefix', 'suffix', 'nickname'] as const),
  ...(['email.work', 'email.home', 'email.other'] as const),
  ...(['phone.mobile', 'phone.work', 'phone.home', 'phone.work_fax', 'phone.home_fax', 'phone.pager', 'phone.other'] as const),
  ...(['organisation', 'department', 'title'] as const),
  ...PARTS.map((part) => `address.work.${part}` as const),
  ...PARTS.map((part) => `address.home.${part}` as const),
  ...PARTS.map((part) => `address.other.${part}` as const),
  ...(['url.work', 'url.home', 'url.other'] as const),
  ...(['im.qq', 'im.wechat', 'im.skype', 'im.msn', 'im.icq', 'im.other'] as const),
  ...(['birthday', 'anniversary', 'gender', 'note', 'groups'] as const),
] as const

export type Charset = (typeof CHARSETS)[number]
export type Dialect = (typeof DIALECTS)[number]
export type RowFault = (typeof ROW_FAULTS)[number]
export type FileFormat = (typeof FILE_FORMATS)[number]
export type ColumnField = (typeof COLUMN_FIELDS)[number]
