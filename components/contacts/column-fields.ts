import type { Reading } from '#lib/features/contacts/schema.ts'

export type Mapping = NonNullable<Reading['mapping']>
export type ColumnField = NonNullable<Mapping[number]>

const PARTS = ['street', 'city', 'region', 'postcode', 'country'] as const

/** What a column can be imported as, by the names of the API, in the groups and the order in which they are offered. */
export const FIELD_GROUPS = [
  { word: 'name', fields: ['name', 'familyName', 'givenName', 'middleName', 'prefix', 'suffix', 'nickname'] },
  {
    word: 'reach',
    fields: [
      ...(['email.work', 'email.home', 'email.other'] as const),
      ...(['phone.mobile', 'phone.work', 'phone.home', 'phone.work_fax', 'phone.home_fax', 'phone.pager', 'phone.other'] as const),
      ...(['im.qq', 'im.wechat', 'im.skype', 'im.msn', 'im.icq', 'im.other'] as const),
    ],
  },
  { word: 'work', fields: ['organisation', 'department', 'title'] },
  {
    word: 'address',
    fields: [
      ...PARTS.map((part) => `address.work.${part}` as const),
      ...PARTS.map((part) => `address.home.${part}` as const),
      ...PARTS.map((part) => `address.other.${part}` as const),
    ],
  },
  { word: 'rest', fields: ['url.work', 'url.home', 'url.other', 'birthday', 'anniversary', 'gender', 'note', 'groups'] },
] as const satisfies { word: string; fields: ColumnField[] }[]
