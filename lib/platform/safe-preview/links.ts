import { oneLine, plainText } from './display-text.ts'

const LONGEST = 300

/** Where a link leads, to be read and not to be followed; undefined when it leads nowhere outside the mail. */
export function destinationOf(href: string): string | undefined {
  // Browsers leave these out of an address (WHATWG URL): `java\nscript:` is one.
  const address = plainText(href)
    .replace(/[\t\n]/g, '')
    .trim()
  if (address === '' || address.startsWith('#')) return undefined
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address)
  if (!url) return oneLine(address, LONGEST) || undefined
  if (/^(javascript|vbscript|data|blob|file):$/.test(url.protocol)) return `${url.protocol}…`
  // https://bank.example@other.example leads to other.example.
  url.username = ''
  url.password = ''
  return oneLine(url.href, LONGEST)
}

/** Whether a link's text names a host that is not where it leads (phishing). */
export function isDeceptive(text: string, to: string): boolean {
  const named = hostNamedIn(text)
  const reached = hostOf(to)
  if (!reached) return named !== undefined || to.endsWith('…')
  return named !== undefined && named !== reached && !named.endsWith(`.${reached}`) && !reached.endsWith(`.${named}`)
}

function hostOf(address: string): string | undefined {
  const url = URL.parse(address)
  if (url?.protocol !== 'mailto:') return url?.hostname || undefined
  return /@([^@?,]+)/.exec(url.pathname)?.[1]?.toLowerCase()
}

const FILE = /\.(pdf|docx?|xlsx?|pptx?|odt|ods|rtf|txt|csv|html?|xml|zip|rar|7z|gz|tar|png|jpe?g|gif|webp|svg|mp[34]|ics|eml|exe|apk|js)$/i

/** An address anywhere in the text, or a text that is nothing but a host's name. */
function hostNamedIn(text: string): string | undefined {
  const plain = text.slice(0, LONGEST).normalize('NFKC').replaceAll('。', '.').trim()
  const [, address] = /(?:\bhttps?:\/{1,2}|\b(?=www\.))([^\s/?#]+)/i.exec(plain) ?? []
  const [, name] = /^(?:mailto:)?([^\s/?#]+\.[^\s/?#]+)(?:[/?#]\S*)?$/.exec(plain) ?? []
  // In https://bank.example@evil.example people read what stands before the @, in a mail address what comes after.
  const host = address?.replace(/@.*$/, '') ?? (name && !FILE.test(name) ? name.replace(/^.*@/, '') : '')
  const parsed = URL.parse(`https://${host.replace(/[.,;:!)\]]+$/, '')}`)?.hostname
  return parsed && /\.[a-z][a-z\d-]+$/.test(parsed) ? parsed : undefined
}

const WEB_ADDRESS = /\bhttps?:\/\/[^\s<>"]+/gi

/** The addresses in a plain text that do not lead where they seem to: other letters that look the same, a name before an @. */
export function* oddAddresses(text: string): Generator<{ from: number; until: number; to: string }> {
  for (const { 0: address, index } of text.matchAll(WEB_ADDRESS)) {
    const to = destinationOf(address)
    const authority = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? ''
    if (to && /[^\x21-\x7e]|@/.test(authority)) yield { from: index, until: index + address.length, to }
  }
}
