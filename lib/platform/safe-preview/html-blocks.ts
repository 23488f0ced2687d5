import { BlockWriter } from './block-writer.ts'
import { NOT_LOADED } from './sanitise.ts'

const TOKEN = /<(\/?)([a-z\d]+)([^>]*)>|([^<]+)/g
const BREAKS = /^(blockquote|center|d[dlt]|div|h[1-6r]|li|ol|p|pre|table|t(body|foot|head|r)|ul)$/
const DEEPEST_QUOTE = 9

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
const unescaped = (text: string): string => text.replace(/&(lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)

const attribute = (attributes: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

/**
 * The text of a mail's HTML, in the order of its reading. It is read from what the sanitiser wrote, in which every tag is closed
 * and no < > " stands unescaped, so that both views show the same.
 */
export function htmlBlocks(sanitised: string): BlockWriter {
  const writer = new BlockWriter()
  let [quotes, preformatted] = [0, 0]

  function open(tag: string, attributes: string): void {
    if (tag === 'a') writer.link(attribute(attributes, 'title'))
    else if (tag === 'br') writer.text('\n')
    else if (tag === 'img') writer.flow(wordsOf(attribute(attributes, 'alt') ?? ''))
    else if (tag === 'pre') preformatted++
    else if (tag === 'blockquote') quotes++
    writer.quoted = Math.min(quotes, DEEPEST_QUOTE)
  }

  function close(tag: string): void {
    if (tag === 'a') writer.link(undefined)
    else if (tag === 'td' || tag === 'th') writer.flow(' ')
    else if (tag === 'pre') preformatted--
    else if (tag === 'blockquote') quotes--
    writer.quoted = Math.min(quotes, DEEPEST_QUOTE)
  }

  for (const [, slash, tag, attributes = '', text] of sanitised.matchAll(TOKEN)) {
    if (writer.truncated) break
    if (text !== undefined) {
      if (preformatted > 0) writer.text(unescaped(text))
      else writer.flow(unescaped(text))
      continue
    }
    if (tag === undefined) continue
    if (BREAKS.test(tag)) writer.begin(slash ? 'text' : kindOf(tag))
    if (slash) close(tag)
    else open(tag, attributes)
  }
  writer.begin()
  return writer
}

/** A picture that is not there and has no words is only counted. */
const wordsOf = (alt: string) => (alt === `[${NOT_LOADED}]` ? '' : alt)

const kindOf = (tag: string) => (tag === 'li' ? 'item' : /^h[1-6]$/.test(tag) ? 'heading' : 'text')
