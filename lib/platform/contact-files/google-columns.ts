import type { ContactCard, EmailKind, PhoneKind } from '#lib/mail-core/address-book/port.ts'
import { nameOf } from '#lib/mail-core/address-book/vcard.ts'
import type { Cells } from './named-columns.ts'
import { writeList } from './values.ts'

export const GOOGLE_HEADS = [
  ...['First Name', 'Middle Name', 'Last Name', 'Phonetic First Name', 'Phonetic Middle Name', 'Phonetic Last Name', 'Name Prefix'],
  ...['Name Suffix', 'Nickname', 'File As', 'Organization Name', 'Organization Title', 'Organization Department', 'Birthday', 'Notes'],
  ...['Photo', 'Labels', 'E-mail 1 - Label', 'E-mail 1 - Value', 'Phone 1 - Label', 'Phone 1 - Value'],
]

const LABELS: Record<EmailKind | PhoneKind, string> = {
  ...{ work: 'Work', home: 'Home', other: 'Other', mobile: 'Mobile' },
  ...{ work_fax: 'Work Fax', home_fax: 'Home Fax', pager: 'Pager' },
}

/** The cells of a contact as Google has them: each value beside its label. What Google has no column for stands in its older ones. */
export function googleCells(card: ContactCard): Cells {
  const hasParts = Boolean(card.familyName || card.givenName || card.middleName)
  const one = (text: string) => writeList([text], 'google')
  const singles: [string, string | undefined][] = [
    ['First Name', hasParts ? card.givenName : card.name],
    ['Middle Name', card.middleName],
    ['Last Name', card.familyName],
    ['Name', hasParts && nameOf(card) !== card.name ? card.name : undefined],
    ['Name Prefix', card.prefix],
    ['Name Suffix', card.suffix],
    ['Nickname', card.nickname],
    ['Organization Name', card.organisation],
    ['Organization Title', card.title],
    ['Organization Department', card.department],
    ['Birthday', card.birthday],
    ['Notes', card.note],
    ['Labels', writeList(card.groups, 'google')],
    ['Gender', card.gender && { male: 'Male', female: 'Female' }[card.gender]],
  ]
  const isSeveral = card.emails.length > 1
  return [
    ...singles.filter((cell): cell is [string, string] => Boolean(cell[1])),
    ...card.emails.flatMap(({ kind, address }, at) =>
      item('E-mail', at, [`${isSeveral && at === 0 ? '* ' : ''}${LABELS[kind]}`, ['Value', address]]),
    ),
    ...card.phones.flatMap(({ kind, number }, at) => item('Phone', at, [LABELS[kind], ['Value', number]])),
    ...card.addresses.flatMap(({ kind, street, city, region, postcode, country }, at) =>
      item('Address', at, [
        LABELS[kind],
        ...([
          ['Street', street],
          ['City', city],
          ['Region', region],
          ['Postal Code', postcode],
          ['Country', country],
        ] as Cells),
      ]),
    ),
    ...card.urls.flatMap(({ kind, url }, at) => item('Website', at, [LABELS[kind], ['Value', one(url)]])),
    ...card.ims.flatMap(({ service, handle }, at) => item('IM', at, ['Other', ['Service', service], ['Value', one(handle)]])),
    ...(card.anniversary ? item('Event', 0, ['Anniversary', ['Value', card.anniversary]]) : []),
  ]
}

function item(what: string, at: number, [label, ...cells]: [label: string, ...cells: Cells]): Cells {
  const prefix = `${what} ${at + 1} - `
  return [[`${prefix}Label`, label], ...cells.map(([head, cell]): Cells[number] => [prefix + head, cell])]
}
