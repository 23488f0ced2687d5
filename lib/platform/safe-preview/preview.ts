/** A mail that can be shown without danger. Every string is well-formed and holds nothing that hides or reorders what stands near it. */
export interface SafePreview {
  /** One line each, decoded; empty when the mail has none. */
  subject: string
  from: string
  to: string
  date: Date | null
  /** What the mail says, to be shown as text nodes (T35). A line end within a run is a line end of the paragraph. */
  blocks: PreviewBlock[]
  /** Pictures of the HTML part that would have to be fetched, or are none. Nothing here ever fetches one (T37). */
  imagesNotLoaded: number
  /** At most 100. A mail within the mail is one of them, and is not opened. */
  attachments: PreviewAttachment[]
  /** A whole document for `<iframe sandbox="">`, to be served under FRAME_CSP (T36); null when the mail has no HTML part. */
  html: string | null
  /** The text or the list of attachments is longer than what is here. */
  truncated: boolean
}

export interface PreviewBlock {
  kind: 'text' | 'heading' | 'item'
  /** How many times it is quoted; 0 is the sender's own. */
  quoted: number
  runs: PreviewRun[]
}

export interface PreviewRun {
  /** Empty for a link that is a picture. */
  text: string
  /** To be shown after the text and not to be clicked. Hosts are in ASCII. `deceptive`: the text names another host. */
  link?: { to: string; deceptive: boolean }
}

export interface PreviewAttachment {
  /** Empty when the mail gives none. */
  name: string
  type: string
  /** Octets, decoded. */
  size: number
}

export type PreviewRefusal = 'too_large' | 'too_many_parts' | 'too_deep' | 'too_slow' | 'too_much_memory' | 'unreadable'

/** The one error of safePreview(). */
export class PreviewRefused extends Error {
  readonly code: PreviewRefusal

  constructor(code: PreviewRefusal) {
    super(code)
    this.name = 'PreviewRefused'
    this.code = code
  }
}

/** T38. */
export const LIMITS = {
  bytes: 25_000_000,
  /** Of all parts together. */
  headerBytes: 1_000_000,
  parts: 200,
  depth: 10,
  /** Encoded octets of all text parts that are read; what follows is cut. */
  sourceBytes: 2_000_000,
  /** Characters of the blocks. */
  text: 200_000,
  blocks: 5_000,
  attachments: 100,
  /** Octets of one picture inside the document, and of all. */
  image: 1_000_000,
  images: 4_000_000,
  pixels: 25_000_000,
} as const
