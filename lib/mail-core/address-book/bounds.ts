import type { ContactCard } from './port.ts'

const LINES: Partial<Record<keyof ContactCard, number>> = {
  name: 200,
  familyName: 100,
  givenName: 100,
  middleName: 100,
  prefix: 60,
  suffix: 60,
  nickname: 100,
  organisation: 200,
  department: 200,
  title: 200,
  note: 4_000,
}

const cut = (text: string, most: number) => (text.length > most ? text.slice(0, most).toWellFormed().trim() : text)
const fits = (text: string, most: number) => text.length <= most

/** What the portal shows of a card of somebody else's making: long text is cut, and what would mean another thing when cut is left out. */
export function withinBounds(card: ContactCard): ContactCard {
  const lines = Object.entries(LINES).flatMap(([key, most]) => {
    const text = card[key as keyof ContactCard]
    return typeof text === 'string' ? [[key, cut(text, most)]] : []
  })
  return {
    ...card,
    ...Object.fromEntries(lines),
    emails: card.emails.filter(({ address }) => fits(address, 320)).slice(0, 20),
    phones: card.phones.filter(({ number }) => fits(number, 60)).slice(0, 20),
    addresses: card.addresses.slice(0, 5).map((address) => ({
      kind: address.kind,
      street: cut(address.street, 400),
      city: cut(address.city, 100),
      region: cut(address.region, 100),
      postcode: cut(address.postcode, 40),
      country: cut(address.country, 100),
    })),
    urls: card.urls.filter(({ url }) => fits(url, 500)).slice(0, 10),
    ims: card.ims.filter(({ service, handle }) => fits(service, 40) && fits(handle, 100)).slice(0, 10),
    groups: card.groups.filter((name) => fits(name, 60)).slice(0, 20),
  }
}
