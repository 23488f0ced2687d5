import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderInMark, fromModifiedUtf7, originOf } from './origin.ts'

test.each([
  ['Work', [], 'Work'],
  ['Work', ['$Orig-Private'], 'Work'],
  ['Trash', ['\\Seen', '$Orig-=E9=A1=B9=E7=9B=AE=2F2026'], '项目/2026'],
  ['Trash', ['$Orig-100=25'], '100%'],
  ['Trash', ['$Orig-a=3D20b'], 'a=20b'],
  ['Trash', [], 'INBOX'],
  ['Trash', ['$Label1'], 'INBOX'],
  ['Trash', ['$Orig-Trash'], 'INBOX'],
  ['Trash', ['$Orig-Trash=2FOld'], 'Old'],
  ['Trash/Old/2024', [], 'Old/2024'],
  ['Trashy', [], 'Trashy'],
])('From %s with %j it goes back to %s', (folder, keywords, origin) => {
  expect(originOf(folder, keywords)).toBe(origin)
})

test.each(['$Orig-', '$Orig-=', '$Orig-=E9=A1', '$Orig-=ZZ', '$orig-a', 'Orig-a', '\\Deleted'])('%s names no folder', (keyword) => {
  expect(folderInMark(keyword)).toBeNull()
  expect(originOf('Trash', [keyword])).toBe('INBOX')
})

test('Every name comes out of its keyword as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      expect(folderInMark(`$Orig-${encodeURIComponent(name).replaceAll('%', '=')}`)).toBe(name)
    }),
  )
})

test.each([
  ['INBOX', 'INBOX'],
  ['a&-b', 'a&b'],
  ['&mHl27g-/&bsdsYA-', '项目/滇池'],
  ['&2D3eAA- party', '😀 party'],
  ['&', '&'],
  ['&-&-', '&&'],
])('%s is %s', (encoded, name) => {
  expect(fromModifiedUtf7(encoded)).toBe(name)
})

test('Whatever a server calls a folder, it has a name', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(&[A-Za-z0-9+,]*-|[a-z&/-])*$/), (name) => {
      expect(typeof fromModifiedUtf7(name)).toBe('string')
    }),
  )
})

test.each(['a//b', '/a', '~root', 'a/../b', 'x\r\ny', '.EXPUNGED/INBOX', '.EXPUNGED'])(
  'A keyword that names %j leads to the inbox',
  (name) => {
    const keyword = `$Orig-${encodeURIComponent(name).replaceAll('%', '=')}`
    expect(originOf('Trash', [keyword])).toBe('INBOX')
  },
)
