import { isAscii, isUtf8 } from 'node:buffer'

/** Says nothing, or is said by programs that do not know. */
const UNKNOWING = /^(|us-ascii|ascii|utf-?8|x-unknown|unknown|unknown-8bit|default|binary|8bit)$/
/** Names that the parser knows beyond those of the standard. */
const CODE_PAGE = /^(x-)?(cp|ms|ibm|windows|iso-2022)-?\d/

/** The charset that fits these octets, whatever label they carry: a name of the WHATWG Encoding Standard, or the label. */
export function charsetOf(bytes: Uint8Array, label: string | undefined): string {
  const said = (label ?? '').trim().toLowerCase()
  if (said.startsWith('utf-16')) return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : said
  if (isAscii(bytes)) return said || 'utf-8'
  // No text of some length in another charset happens to be UTF-8.
  if (isUtf8(bytes)) return 'utf-8'
  if (!UNKNOWING.test(said) && (CODE_PAGE.test(said) || isStandard(said))) return said
  return isChinese(bytes) ? 'gb18030' : 'windows-1252'
}

/** Text of octets that carry no label. */
export const decodeGuessing = (bytes: Uint8Array): string => new TextDecoder(charsetOf(bytes, undefined)).decode(bytes)

function isStandard(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}

/** Whole GB 18030 with two characters of GB 2312 in a row, which accented letters of Europe hardly ever make. */
function isChinese(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  return /[\xa1-\xfe]{4}/.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
}
