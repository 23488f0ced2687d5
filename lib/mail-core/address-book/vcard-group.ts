import { isMember, plainUid } from './vcard.ts'
import { type Line, rawCards, valuesOf, written } from './vcard-lines.ts'

function edited(raw: string, edit: (line: Line) => string[]): string {
  const [card] = rawCards(raw)
  return ['BEGIN:VCARD', ...(card?.lines.flatMap(edit) ?? []), 'END:VCARD', ''].join('\r\n')
}

/** A group's card with another name. */
export const renamedGroup = (raw: string, name: string): string =>
  edited(raw, (line) => {
    if (line.name === 'FN') return [written({ name: 'FN', value: name })]
    return line.name === 'N' ? [written({ name: 'N', value: [name, '', '', '', ''] })] : line.source
  })

/** A group's card without one of its members. */
export const withoutMember = (raw: string, uid: string): string =>
  edited(raw, (line) => (isMember(line) && plainUid(valuesOf(line).flat().join()) === uid ? [] : line.source))
