import { createHash } from 'node:crypto'

/** Mails are written for white paper: the frame is light in a dark portal too. A link shows where it leads, at a size of its own. */
const STYLE = `
:root { color-scheme: light }
body { margin: 16px; background: #fff; color: #1f2328; font: 15px/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
img { max-width: 100%; height: auto }
table { max-width: 100% }
blockquote { margin: 0 0 0 8px; padding-left: 12px; border-left: 3px solid #d0d7de }
pre { white-space: pre-wrap }
a { text-decoration: underline }
a[title]::after { content: ' → ' attr(title); font: 13px/1.5 ui-monospace, monospace; color: #57606a; background: #fff }
`

const hash = createHash('sha256').update(STYLE).digest('base64')

/**
 * Content-Security-Policy of the document (T36, T37), which is to be served as `text/html; charset=utf-8`. It says once more
 * what the sanitiser and the frame have done: no script, no address but data:, no form, an origin of its own.
 */
export const FRAME_CSP = [
  "default-src 'none'",
  'img-src data:',
  `style-src-elem 'sha256-${hash}'`,
  "style-src-attr 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ')

/** @param body what sanitise() made; it goes in as it is */
export const frameDocument = (body: string): string =>
  `<!doctype html>\n<html><head><meta charset="utf-8"><title></title><style>${STYLE}</style></head><body>${body}</body></html>`
