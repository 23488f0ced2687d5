import { LIMITS } from './preview.ts'

/** The type of a picture by its first octets; undefined for all else, and for one that would unpack to too many pixels. */
export function rasterType(bytes: Buffer): string | undefined {
  const { type, width, height } = png(bytes) ?? gif(bytes) ?? jpeg(bytes) ?? webp(bytes) ?? { type: undefined, width: 0, height: 0 }
  return width > 0 && height > 0 && width * height <= LIMITS.pixels ? type : undefined
}

interface Raster {
  type: string
  width: number
  height: number
}

function png(bytes: Buffer): Raster | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function gif(bytes: Buffer): Raster | undefined {
  if (bytes.length < 10 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined
  return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** From segment to segment until the frame header (ITU T.81, SOF0 to SOF15). */
function jpeg(bytes: Buffer): Raster | undefined {
  if (bytes.toString('latin1', 0, 3) !== '\xff\xd8\xff') return undefined
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] as number
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return undefined
}

function webp(bytes: Buffer): Raster | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined
  const [width, height] = webpSize(bytes)
  return { type: 'image/webp', width, height }
}

/** RFC 9649. */
function webpSize(bytes: Buffer): [width: number, height: number] {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
    default:
      return [0, 0]
  }
}
