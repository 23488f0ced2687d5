import type { Refused } from '#components/ui/answer.ts'
import type { Duplicates, FilePreview, Reading } from '#lib/features/contacts/schema.ts'

/** Of a file, as the server has it. */
export const MOST_BYTES = 5_000_000
export const MOST_FILES = 10

/** Into which group its contacts go. `own`: a new one, by the name that is typed. */
export type Wish = { kind: 'none' } | { kind: 'named'; name: string } | { kind: 'own'; name: string }

/** A file that was brought along, and what was found in it. */
export interface ImportFile {
  key: number
  name: string
  /** Absent while it is read, and where it was refused. */
  preview?: FilePreview
  refused?: Refused
  /** It is read anew. */
  busy: boolean
  /** What was put right by hand. */
  reading: Reading
  wish: Wish
}

const refusal = (code: Refused['code'], values?: Refused['values']): Refused => ({ ok: false, code, reference: '', values })

export const unreadable = (kind: string): Refused => refusal('contact_file_refused', { kind })

/** Why a chosen file is not even sent; `others` come before it. */
export function refusedAtOnce({ size }: { size: number }, others: number): Refused | undefined {
  if (others >= MOST_FILES) return unreadable('too_many_files')
  if (size === 0) return unreadable('empty')
  return size > MOST_BYTES ? refusal('too_large', { most: MOST_BYTES / 1_000_000 }) : undefined
}

const LONGEST_NAME = 200

/** As the server takes it: file systems allow longer names, and stranger ones. */
export const nameToSend = (name: string): string =>
  name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .trim() || 'contacts'

export type Found = ImportFile & { preview: FilePreview }
export const isFound = (file: ImportFile): file is Found => file.preview !== undefined

export const wishOf = ({ proposedGroup }: Pick<FilePreview, 'proposedGroup'>): Wish =>
  proposedGroup === null ? { kind: 'none' } : { kind: 'named', name: proposedGroup }

export const groupOf = (wish: Wish): string | null => (wish.kind === 'none' ? null : wish.name.trim())

export interface Sum {
  fresh: number
  duplicates: number
  faulty: number
}

/** Over all files. */
export function sumOf(files: Found[]): Sum {
  const sum = { fresh: 0, duplicates: 0, faulty: 0 }
  for (const { preview } of files) {
    sum.fresh += preview.fresh
    sum.duplicates += preview.duplicates
    sum.faulty += preview.faulty
  }
  return sum
}

/** How many contacts an import would touch. */
export const touchedBy = ({ fresh, duplicates }: Sum, how: Duplicates): number => (how === 'skip' ? fresh : fresh + duplicates)

type Fault = FilePreview['faults'][number]['fault']

/** The reason, where all rows that stay out have the same one. */
export function onlyFault(files: Found[]): Fault | null {
  const listed = files.flatMap(({ preview }) => preview.faults)
  const { faulty } = sumOf(files)
  const kinds = new Set(listed.map(({ fault }) => fault))
  const [only] = kinds
  return kinds.size === 1 && listed.length === faulty && only ? only : null
}

const CHUNK = 8_192

export function inBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}
