/** What the groups in a file are: their names, and whether each row is in exactly one. */
export interface FoundGroups {
  names: Set<string>
  isOfAll: boolean
}

const LONGEST = 60
/** As programs, not people, call such files. */
const USUAL =
  /^(contacts?|addressbook|address ?book|addresses|export|import|contactsexport|outlook|foxmail|google|vcards?|csv|book|sheet|untitled|通讯录|联系人|地址簿|导出|新建文本文档|工作簿|未命名)+$/

/** The name of a group for the contacts of a file; null: they have groups of their own, or the name of the file says nothing. */
export function proposedGroup(fileName: string, { names, isOfAll }: FoundGroups): string | null {
  const [only] = names
  if (only !== undefined) return names.size === 1 && isOfAll ? only : null
  const stem = fileName
    .normalize('NFC')
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z\d]{1,5}$/i, '')
    .replace(/\s*(\(\d+\)|（\d+）|- ?副本|- copy)$/i, '')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
  const plain = stem.toLowerCase().replace(/[^\p{L}]+/gu, '')
  return plain === '' || USUAL.test(plain) ? null : stem.slice(0, LONGEST).toWellFormed().trim()
}
