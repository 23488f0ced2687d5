/** A body's octets; null when there are more than `limit`, of which nothing further is read. */
export async function octetsUpTo({ body }: Request | Response, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const textUpTo = async (of: Request | Response, limit: number): Promise<string | null> =>
  (await octetsUpTo(of, limit))?.toString('utf8') ?? null
