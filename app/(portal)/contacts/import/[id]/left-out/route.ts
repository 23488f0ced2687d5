import { loadLeftOut } from '#lib/features/contacts/loaders.ts'
import { asDownload, asRefusedDownload } from '#lib/platform/faces/download.ts'

/** The rows that stayed out of an import with the reason of each, to be mended and imported. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const result = await loadLeftOut((await params).id)
  if (!result.ok) return asRefusedDownload(request, result)
  const { content, mediaType, fileName: name } = result.data
  return asDownload({ content: Buffer.from(content, 'base64'), mediaType, name, plainName: 'left-out.csv' })
}
