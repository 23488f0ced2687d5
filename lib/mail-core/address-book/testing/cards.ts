import type { ContactCard } from '../port.ts'

/** A card of which only this is known. For tests. */
export const card = (name: string, more: Partial<ContactCard> = {}): ContactCard => ({
  name,
  emails: [],
  phones: [],
  addresses: [],
  urls: [],
  ims: [],
  groups: [],
  ...more,
})

/** Something of everything. */
export const FULL = card('林晓彤', {
  familyName: '林',
  givenName: '晓彤',
  nickname: '小彤',
  emails: [
    { kind: 'work', address: 'lin@yunling.example' },
    { kind: 'home', address: 'Xiaotong.Lin@elsewhere.example' },
  ],
  phones: [
    { kind: 'mobile', number: '+86 138 0013 8000' },
    { kind: 'work_fax', number: '010-5550-6120' },
  ],
  organisation: '云岭大学',
  department: '图书馆',
  title: '馆员',
  addresses: [{ kind: 'work', street: '云岭路 1 号\n图书馆', city: '北京', region: '', postcode: '100000', country: '中国' }],
  urls: [{ kind: 'other', url: 'https://yunling.example/lin?a=1,2;b=%20' }],
  ims: [{ service: 'qq', handle: '10001' }],
  birthday: '--02-03',
  anniversary: '2020-05-01',
  gender: 'female',
  note: 'First line\nsecond; with, marks \\ and "quotes"',
  groups: ['同事', 'Library, desk'],
})
