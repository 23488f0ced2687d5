import { loadPreviewDocument } from '#lib/features/received/loaders.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { FRAME_CSP } from '#lib/platform/safe-preview/frame.ts'

const HEADERS = {
  'content-security-policy': FRAME_CSP,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** A held mail as a document, for the frame of the safe preview and for nothing else (T36, T37). */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params
  const result = await loadPreviewDocument(id)
  if (result.ok && result.data.html !== null)
    return new Response(result.data.html, { headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' } })
  const t = await getTranslations('received.preview')
  return new Response(t('noFrame'), { status: 404, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
}
