/** What is brought along. The server reads it, whatever its encoding. */
export interface Chosen {
  bytes: Uint8Array
  /** As it was pasted. */
  text?: string
  /** Of the file. */
  name?: string
}

export const MOST_BYTES = 100_000

export const ofText = (text: string): Chosen => ({ bytes: new TextEncoder().encode(text), text })

export const isEmpty = (chosen: Chosen | null): boolean => chosen === null || chosen.text?.trim() === ''

/** One octet more than may be is enough to know that it is too large. */
export async function ofFile(file: File): Promise<Chosen> {
  return { bytes: new Uint8Array(await file.slice(0, MOST_BYTES + 1).arrayBuffer()), name: file.name }
}

const CHUNK = 8_192

export function inBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}
