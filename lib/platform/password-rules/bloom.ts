import { hash } from 'node:crypto'

/** A Bloom filter of 24 bits an entry and 17 hashes takes 1 strange text in 100,000 for an entry, and never misses an entry. */
export const BITS_PER_ENTRY = 24
const HASHES = 17

/** Two hashes make them all (Kirsch and Mitzenmacher 2006). */
function positions(text: string, bits: number): number[] {
  const digest = hash('sha1', text, 'buffer')
  const [first, step] = [digest.readUInt32LE(0), digest.readUInt32LE(4)]
  return Array.from({ length: HASHES }, (_, index) => (first + index * step) % bits)
}

export function makeFilter(entries: Set<string>): Buffer {
  const filter = Buffer.alloc(Math.ceil((entries.size * BITS_PER_ENTRY) / 8))
  for (const entry of entries) {
    for (const at of positions(entry, filter.length * 8)) filter[at >> 3] = (filter[at >> 3] as number) | (1 << (at & 7))
  }
  return filter
}

export const mayHold = (filter: Buffer, text: string): boolean =>
  positions(text, filter.length * 8).every((at) => ((filter[at >> 3] as number) >> (at & 7)) & 1)
