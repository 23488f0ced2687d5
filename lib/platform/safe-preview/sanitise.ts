import sanitizeHtml from 'sanitize-html'
import { oneLine, plainText } from './display-text.ts'
import { destinationOf } from './links.ts'
import { LIMITS } from './preview.ts'
import { rasterType } from './raster.ts'

export interface Sanitised {
  html: string
  imagesNotLoaded: number
}

/** Stands where a picture would be, in every language. */
export const NOT_LOADED = '□'

type Attributes = Record<string, string>

const TAGS = [
  ...['a', 'abbr', 'b', 'big', 'blockquote', 'br', 'center', 'cite', 'code', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'font'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'ol', 'p', 'pre', 'q', 's', 'small', 'span'],
  ...['strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul'],
]

/** Their content is no text of the mail, or is read otherwise by other parsers. */
const LEFT_OUT_WHOLE = [
  ...['script', 'style', 'textarea', 'option', 'xmp', 'title', 'noscript', 'noembed', 'noframes', 'template', 'svg', 'math'],
  ...['object', 'applet', 'audio', 'video', 'canvas', 'select'],
]

const COLOUR = /^(#[\da-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s,.%]{1,40}\))$/i
const SIDES = /^(\d{1,3}(\.\d{1,2})?(px|pt|em|rem|%)?|auto)( (\d{1,3}(\.\d{1,2})?(px|pt|em|rem|%)?|auto)){0,3}$/
const WIDTH = /^\d{1,4}(\.\d{1,2})?(px|pt|em|%)$/
const BORDER = /^(0|none|\d{1,2}px (solid|dashed|dotted|double) (#[\da-f]{3,8}|[a-z]{3,20}))$/i

/** No address, no place on the page, nothing that lies over anything. */
const STYLES: Record<string, RegExp[]> = {
  color: [COLOUR],
  background: [COLOUR],
  'background-color': [COLOUR],
  'font-family': [/^[\p{L}\d\s,'"-]{1,200}$/u],
  'font-size': [/^([1-9]\d?(\.\d{1,2})?(px|pt)|[1-9](\.\d{1,2})?r?em|[1-9]\d{1,2}%|(x{0,2}-)?(small|large)|medium)$/],
  'font-style': [/^(normal|italic|oblique)$/],
  'font-weight': [/^(normal|bold|bolder|lighter|[1-9]00)$/],
  'line-height': [/^([1-3](\.\d{1,2})?|[1-9]\d{1,2}%|[1-9]\d?px|normal)$/],
  'list-style-type': [/^[a-z-]{3,20}$/],
  'text-align': [/^(left|right|center|justify|start|end)$/],
  'text-decoration': [/^(none|underline|line-through)$/],
  'vertical-align': [/^(top|middle|bottom|baseline|sub|super)$/],
  'white-space': [/^(normal|pre-wrap|pre-line)$/],
  width: [WIDTH],
  'max-width': [WIDTH],
  padding: [SIDES],
  margin: [SIDES],
  border: [BORDER],
  'border-collapse': [/^(collapse|separate)$/],
  'border-radius': [SIDES],
  ...Object.fromEntries(
    ['top', 'right', 'bottom', 'left'].flatMap((side) => [
      [`padding-${side}`, [SIDES]],
      [`margin-${side}`, [SIDES]],
      [`border-${side}`, [BORDER]],
    ]),
  ),
}

/** On any element but a link and a picture. A style is looked at by STYLES. */
const ATTRIBUTES: Record<string, RegExp> = {
  align: /^(left|right|center|justify)$/i,
  bgcolor: COLOUR,
  border: /^\d{1,2}$/,
  cellpadding: /^\d{1,3}$/,
  cellspacing: /^\d{1,3}$/,
  color: COLOUR,
  colspan: /^\d{1,2}$/,
  dir: /^(ltr|rtl|auto)$/i,
  face: /^[\p{L}\d\s,-]{1,200}$/u,
  lang: /^[a-z\d-]{2,20}$/i,
  rowspan: /^\d{1,2}$/,
  size: /^[+-]?[1-7]$/,
  start: /^\d{1,5}$/,
  style: /^/,
  type: /^(1|a|i|disc|circle|square)$/i,
  valign: /^(top|middle|bottom|baseline)$/i,
  width: /^\d{1,4}%?$/,
}
const SIZE = /^\d{1,4}$/

/**
 * HTML of which only plain formatting is left: no script, form, frame, id or address. A link keeps where it leads as its title,
 * a picture is inside the document or only its words. Nothing may change the text afterwards (T36).
 * @param pictureOf what the mail holds under a Content-ID, without its angle brackets
 */
export function sanitise(html: string, pictureOf: (id: string) => Uint8Array | undefined): Sanitised {
  let [imagesNotLoaded, imageBytes] = [0, 0]

  function picture({ src = '', alt = '', width = '', height = '' }: Attributes): Attributes {
    const bytes = pictureBytes(src, pictureOf)
    const type = bytes && bytes.length <= LIMITS.image && imageBytes + bytes.length <= LIMITS.images ? rasterType(bytes) : undefined
    if (!bytes || !type) {
      imagesNotLoaded++
      return { alt: `[${`${NOT_LOADED} ${oneLine(alt, 100)}`.trim()}]` }
    }
    imageBytes += bytes.length
    const size = { ...(SIZE.test(width) && { width }), ...(SIZE.test(height) && { height }) }
    return { src: `data:${type};base64,${bytes.toString('base64')}`, alt: oneLine(alt, 100), ...size }
  }

  const sanitised = sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: LEFT_OUT_WHOLE,
    allowedAttributes: { '*': Object.keys(ATTRIBUTES), a: ['title'], img: ['src', 'alt', 'height'] },
    allowedSchemes: [],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    allowedStyles: { '*': STYLES },
    nestingLimit: 100,
    textFilter: plainText,
    transformTags: {
      '*': (tagName, attributes) => {
        if (tagName === 'a') return { tagName, attribs: link(attributes) }
        if (tagName === 'img') return { tagName, attribs: picture(attributes) }
        const kept = Object.entries(attributes).filter(([name, value]) => Object.hasOwn(ATTRIBUTES, name) && ATTRIBUTES[name]?.test(value))
        return { tagName, attribs: Object.fromEntries(kept) }
      },
    },
  })
  return { html: sanitised, imagesNotLoaded }
}

function link({ href = '' }: Attributes): Attributes {
  const title = destinationOf(href)
  return title ? { title } : {}
}

function pictureBytes(src: string, pictureOf: (id: string) => Uint8Array | undefined): Buffer | undefined {
  const [, id] = /^\s*cid:(.{1,500})$/i.exec(src) ?? []
  if (id) {
    const bytes = pictureOf(decoded(id))
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const comma = /^\s*data:image\/[a-z]+;base64,/i.exec(src)?.[0].length
  return comma ? Buffer.from(src.slice(comma), 'base64') : undefined
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
