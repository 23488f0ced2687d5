const UTF_16: Record<string, string> = { fffe: 'utf-16le', feff: 'utf-16be' }

/**
 * The text of a file that says nothing of its encoding: by its byte order mark, else UTF-8 if it is that, else GB18030, in which
 * Chinese Windows writes (it reads GBK and GB2312 too).
 */
export function decodeTextFile(bytes: Uint8Array): string {
  const mark = UTF_16[Buffer.from(bytes.subarray(0, 2)).toString('hex')] ?? utf16WithoutMark(bytes)
  if (mark) return new TextDecoder(mark).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Of Latin text in UTF-16 every other octet is zero. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2) return undefined
  if (bytes[1] === 0 && bytes[0] !== 0) return 'utf-16le'
  return bytes[0] === 0 && bytes[1] !== 0 ? 'utf-16be' : undefined
}
