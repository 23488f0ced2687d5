import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** How far a file has been read, and how it begins: a log keeps its beginning under any name, and no two begin alike. */
export interface Place {
  offset: number
  /** Of the first octets that were read, at most 256. */
  print: string
}

export interface OpenFile {
  handle: FileHandle
  offset: number
}

const PRINT_OCTETS = 256
const AT_ONCE = 2 ** 19

/** As a `Place` has it. */
export async function printOf(handle: FileHandle, offset: number): Promise<string> {
  const length = Math.min(offset, PRINT_OCTETS)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex')
}

/**
 * Where to read on: in the file that was being read, under whatever name it is now, or in the one after it. Null when there is none.
 * A log that was rotated is finished first, by another name (rename) or as its copy (copytruncate); one that is gone is passed over.
 */
export async function openAt(path: string, place: Place | null): Promise<OpenFile | null> {
  if (place === null) return openIfThere(path)
  const current = await openIfThere(path)
  if (current && (await isSame(current.handle, place))) return { ...current, offset: place.offset }
  // Its writer may not have opened the new one yet.
  const begun = current !== null && (await current.handle.stat()).size > 0
  await current?.handle.close()
  const old = await findOld(path, place)
  if (!old) return openIfThere(path)
  const { mtimeMs } = await old.handle.stat()
  if (!begun || (await wholeLines(old.handle, place.offset)).length > 0) return { ...old, offset: place.offset }
  await old.handle.close()
  return openIfThere((await nextAfter(path, old.name, mtimeMs)) ?? path)
}

/** From here to the last line end. More than a whole read without one is no log line, and passed over. */
export async function wholeLines(handle: FileHandle, offset: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(AT_ONCE), 0, AT_ONCE, offset)
  const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1
  return end === 0 && bytesRead === AT_ONCE ? Buffer.alloc(AT_ONCE, 0x20) : buffer.subarray(0, end)
}

async function openIfThere(path: string): Promise<OpenFile | null> {
  try {
    return { handle: await open(path, 'r'), offset: 0 }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function isSame(handle: FileHandle, { offset, print }: Place): Promise<boolean> {
  const { size } = await handle.stat()
  return size >= offset && (await printOf(handle, offset)) === print
}

/** What a rotation leaves beside the log: `mail.log.1`, `mail.log-20261125`, `mail.log.2026-11-25`. */
async function relatives(path: string): Promise<string[]> {
  const name = basename(path)
  const names = await readdir(dirname(path)).catch(() => [])
  return names.filter((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}-`)).map((other) => join(dirname(path), other))
}

async function findOld(path: string, place: Place): Promise<(OpenFile & { name: string }) | null> {
  for (const name of await relatives(path)) {
    const file = await openIfThere(name)
    if (!file) continue
    if (await isSame(file.handle, place)) return { ...file, name }
    await file.handle.close()
  }
  return null
}

// gzip, bzip2, xz, Zstandard.
const COMPRESSED = /\.(gz|bz2|xz|zst)$/

/** Of several rotations while nobody read, the first one after this file. */
async function nextAfter(path: string, old: string, mtimeMs: number): Promise<string | undefined> {
  const later: { name: string; mtimeMs: number }[] = []
  for (const name of [...(await relatives(path)), path]) {
    const found = await stat(name).catch(() => null)
    if (found && name !== old && !COMPRESSED.test(name) && found.mtimeMs > mtimeMs) later.push({ name, mtimeMs: found.mtimeMs })
  }
  return later.sort((one, two) => one.mtimeMs - two.mtimeMs)[0]?.name
}
