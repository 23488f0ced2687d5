import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { fileName, oneLine } from './display-text.ts'
import { frameDocument } from './frame.ts'
import { htmlBlocks } from './html-blocks.ts'
import { mend } from './mend.ts'
import { outline } from './outline.ts'
import { LIMITS, PreviewRefused, type SafePreview } from './preview.ts'
import { sanitise } from './sanitise.ts'
import { textBlocks } from './text-blocks.ts'

const LONGEST_SUBJECT = 500
const LONGEST_ADDRESS = 400
const MOST_RECIPIENTS = 20

/**
 * Reads a mail in this thread, however long it takes: safePreview() is what the portal calls.
 * @throws PreviewRefused, or whatever the parser throws
 */
export async function readMail(raw: Buffer): Promise<SafePreview> {
  const { mail, cut } = mend(raw, outline(raw))
  const email = await PostalMime.parse(mail, {
    forceRfc822Attachments: true,
    maxNestingDepth: LIMITS.depth,
    // What was mended may have grown a little.
    maxHeadersSize: LIMITS.headerBytes * 2,
  })
  if (email.attachments.length > LIMITS.parts) throw new PreviewRefused('too_many_parts')

  const formatted = email.html ? sanitise(email.html, pictures(email.attachments)) : null
  const fromHtml = formatted && htmlBlocks(formatted.html)
  const written = fromHtml && fromHtml.blocks.length > 0 ? fromHtml : textBlocks(email.text ?? '')
  return {
    subject: oneLine(email.subject ?? '', LONGEST_SUBJECT),
    from: email.from ? addressLine(email.from) : '',
    to: recipients(email),
    date: dateOf(email.date),
    blocks: written.blocks,
    imagesNotLoaded: formatted?.imagesNotLoaded ?? 0,
    attachments: email.attachments.slice(0, LIMITS.attachments).map(({ filename, mimeType, content }) => ({
      name: fileName(filename ?? ''),
      type: /^[a-z\d.+-]{1,60}\/[a-z\d.+-]{1,100}$/.test(mimeType) ? mimeType : 'application/octet-stream',
      size: typeof content === 'string' ? content.length : content.byteLength,
    })),
    html: formatted && frameDocument(formatted.html),
    truncated: cut || written.truncated || email.attachments.length > LIMITS.attachments,
  }
}

function dateOf(header: string | undefined): Date | null {
  const date = new Date(header ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}

function recipients({ to = [] }: Email): string {
  const shown = to.slice(0, MOST_RECIPIENTS).map(addressLine)
  return [...shown, ...(to.length > MOST_RECIPIENTS ? ['…'] : [])].join(', ')
}

/** The name never pushes the address out of sight. */
function addressLine({ name, address, group }: Address): string {
  const shown = oneLine(name ?? '', LONGEST_ADDRESS / 4)
  if (group) return `${shown}: ${group.slice(0, MOST_RECIPIENTS).map(addressLine).join(', ')};`
  const written = oneLine(address ?? '', LONGEST_ADDRESS)
  return shown && written ? `${shown} <${written}>` : shown || written
}

/** RFC 2392. The first part with a Content-ID counts. */
function pictures(attachments: Attachment[]): (id: string) => Uint8Array | undefined {
  const byId = new Map<string, Uint8Array>()
  for (const { contentId, content } of attachments) {
    const id = contentId?.trim().replace(/^<|>$/g, '')
    if (id && typeof content !== 'string' && !byId.has(id)) byId.set(id, new Uint8Array(content))
  }
  return (id) => byId.get(id)
}
