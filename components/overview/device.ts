interface Seen {
  network: string | null
  ip: string | null
  browser: string
  system: string
}

/** `校内 · macOS · Safari`. Networks that the site named carry both languages; of others only the address is worth saying. */
export function deviceOf({ network, ip, browser, system }: Seen, locale: string, unknown: string): string {
  const place = network && !network.includes('/') ? network.split('|').at(locale === 'en' ? -1 : 0) : ip
  const device = [system, browser].filter(Boolean)
  return [place, ...(device.length > 0 ? device : [unknown])].filter(Boolean).join(' · ')
}
