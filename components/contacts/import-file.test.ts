import { expect, test } from 'vitest'
import { type FilePreview, MOST_BYTES as SERVER_BYTES, MOST_FILES as SERVER_FILES, UploadFile } from '#lib/features/contacts/schema.ts'
import {
  type Found,
  groupOf,
  inBase64,
  MOST_BYTES,
  MOST_FILES,
  nameToSend,
  onlyFault,
  refusedAtOnce,
  sumOf,
  touchedBy,
  wishOf,
} from './import-file.ts'

const file = (preview: Partial<FilePreview>): Found => ({
  ...{ key: 1, name: 'a.csv', busy: false, reading: {}, wish: { kind: 'none' } },
  preview: { fresh: 0, duplicates: 0, faulty: 0, faults: [], ...preview } as FilePreview,
})

test('The limits are those of the server', () => {
  expect([MOST_BYTES, MOST_FILES]).toEqual([SERVER_BYTES, SERVER_FILES])
})

test('A file that is empty, too large or one too many is told why, and not sent', () => {
  const why = (size: number, others = 0) => refusedAtOnce({ size }, others)?.values?.kind ?? refusedAtOnce({ size }, others)?.code
  expect([why(0), why(1), why(MOST_BYTES), why(MOST_BYTES + 1)]).toEqual(['empty', undefined, undefined, 'too_large'])
  expect([why(1, MOST_FILES - 1), why(1, MOST_FILES)]).toEqual([undefined, 'too_many_files'])
})

test.each(['旧邮箱.csv', '通'.repeat(255), 'a\nb\0.csv', `${'x'.repeat(199)}\u{1f600}`, '\ud800', ' \t '])(
  'The server takes the name %j',
  (name) => {
    const sent = { mailbox: 'lin@yunling.example', name: nameToSend(name), content: 'YQ==' }
    expect(UploadFile.safeParse(sent).error).toBeUndefined()
  },
)

test('How many would be touched depends on what is done with duplicates', () => {
  const sum = sumOf([file({ fresh: 287, duplicates: 20, faulty: 3 }), file({ duplicates: 2 })])
  expect(sum).toEqual({ fresh: 287, duplicates: 22, faulty: 3 })
  expect(touchedBy(sum, 'merge')).toBe(309)
  expect(touchedBy(sum, 'skip')).toBe(287)
})

test('One reason is said only where it is that of all rows', () => {
  const faults: FilePreview['faults'] = [{ row: 48, fault: 'no_contact', text: '测试' }]
  expect(onlyFault([file({ faulty: 1, faults })])).toBe('no_contact')
  expect(onlyFault([file({ faulty: 2, faults })])).toBeNull()
  expect(onlyFault([file({ faulty: 1, faults }), file({ faulty: 1, faults: [{ row: 2, fault: 'bad_row', text: '' }] })])).toBeNull()
  expect(onlyFault([file({})])).toBeNull()
})

test('A file that names a group proposes it', () => {
  expect(groupOf(wishOf({ proposedGroup: '旧邮箱' }))).toBe('旧邮箱')
  expect(groupOf(wishOf({ proposedGroup: null }))).toBeNull()
  expect(groupOf({ kind: 'own', name: ' 新的 ' })).toBe('新的')
})

test('Octets go as base64, however many', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, at) => at % 256)
  expect(inBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})
