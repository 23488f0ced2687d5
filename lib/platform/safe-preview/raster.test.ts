import { expect, test } from 'vitest'
import { rasterType } from './raster.ts'

const octets = (text: string, hex: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(hex, 'hex')])

const PICTURES: [type: string, width: number, bytes: Buffer][] = [
  ['image/png', 2, octets('\x89PNG\r\n\x1a\n', '0000000d49484452000000020000000308060000')],
  ['image/gif', 2, octets('GIF89a', '02000300800000')],
  ['image/jpeg', 2, octets('', 'ffd8ffe000104a46494600010100000100010000ffc0001108000300020301')],
  ['image/webp', 2, octets('RIFF\0\0\0\0WEBPVP8 ', '00000000000000' + '9d012a' + '02000300')],
  ['image/webp', 2, octets('RIFF\0\0\0\0WEBPVP8L', '000000002f' + '01800000' + '0000000000')],
  ['image/webp', 2, octets('RIFF\0\0\0\0WEBPVP8X', '0a00000000000000' + '010000' + '020000')],
]

test.each(PICTURES)('T36 %s is known by its first octets', (type, _, bytes) => {
  expect(rasterType(bytes)).toBe(type)
})

test('T36 a picture that is cut short anywhere is none, and breaks nothing', () => {
  for (const [, , bytes] of PICTURES) {
    for (let length = 0; length < 10; length++) expect(rasterType(bytes.subarray(0, length))).toBeUndefined()
    for (let length = 10; length < bytes.length; length++) expect(() => rasterType(bytes.subarray(0, length))).not.toThrow()
  }
})

test.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', 'BM', '%PDF-1.7', '', 'GIF89', '\xff\xd8\xff'])(
  'T36 %j is no picture',
  (text) => {
    expect(rasterType(Buffer.from(text, 'latin1'))).toBeUndefined()
  },
)
