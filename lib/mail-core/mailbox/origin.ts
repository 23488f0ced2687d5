export const TRASH = 'Trash'

// deploy/dovecot/trash.sieve writes it: the name as in a URL, with `=` for `%`, which a keyword may not hold (RFC 3501 9).
const MARK = '$Orig-'

/** The folder that a keyword names, or null when it is another keyword. */
export function folderInMark(keyword: string): string | null {
  if (!keyword.startsWith(MARK)) return null
  try {
    return decodeURIComponent(keyword.slice(MARK.length).replaceAll('=', '%')) || null
  } catch {
    return null
  }
}

/**
 * Where a mail goes back to that was deleted from `folder`. Out of Trash it is the folder before that, as the mail's keywords
 * tell, or else the inbox; a folder that lay in Trash, where mail clients put it to delete it, comes out.
 */
export function originOf(folder: string, keywords: Iterable<string>): string {
  if (folder !== TRASH) return outOfTrash(folder)
  for (const keyword of keywords) {
    const before = folderInMark(keyword)
    if (before !== null && before !== TRASH) return outOfTrash(before)
  }
  return 'INBOX'
}

const outOfTrash = (folder: string): string => {
  const name = folder.startsWith(`${TRASH}/`) ? folder.slice(TRASH.length + 1) : folder
  return isFolderName(name) ? name : 'INBOX'
}

/** Any mail client may write such a keyword: a name that no folder has, or that of the hidden place, leads nowhere. */
const isFolderName = (name: string): boolean =>
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\u0000-\u001f\u007f]|^~|^\.EXPUNGED(\/|$)/.test(name)

const UTF16 = new TextDecoder('utf-16be', { ignoreBOM: true })

/** RFC 3501 5.1.3. */
export const fromModifiedUtf7 = (name: string): string =>
  name.replace(/&([A-Za-z0-9+,]*)-/g, (_, base64: string) =>
    base64 === '' ? '&' : UTF16.decode(Buffer.from(base64.replaceAll(',', '/'), 'base64')),
  )
