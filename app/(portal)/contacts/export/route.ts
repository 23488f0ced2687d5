import { loadContactsExport } from '#lib/features/contacts/loaders.ts'
import { asDownload, asRefusedDownload } from '#lib/platform/faces/download.ts'

/** Everybody, a group or the chosen ones as a file for another mail client. */
export async function GET(request: Request): Promise<Response> {
  const result = await loadContactsExport(Object.fromEntries(new URL(request.url).searchParams))
  if (!result.ok) return asRefusedDownload(request, result)
  const { content, mediaType, fileName: name } = result.data
  const plainName = name.endsWith('.vcf') ? 'contacts.vcf' : 'contacts.csv'
  return asDownload({ content: Buffer.from(content, 'base64'), mediaType, name, plainName })
}
