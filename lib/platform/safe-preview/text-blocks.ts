import { BlockWriter } from './block-writer.ts'
import { plainText } from './display-text.ts'
import { oddAddresses } from './links.ts'

const DEEPEST_QUOTE = 9

/** The paragraphs of a plain text; lines with `>` before them are quoted (RFC 3676, 4.5). */
export function textBlocks(text: string): BlockWriter {
  const writer = new BlockWriter()
  for (const line of plainText(text).split('\n')) {
    if (writer.truncated) break
    const marks = /^(?:> ?)+/.exec(line)?.[0] ?? ''
    const quoted = Math.min(marks.replaceAll(' ', '').length, DEEPEST_QUOTE)
    const said = line.slice(marks.length)
    if (quoted !== writer.quoted || said.trim() === '') writer.begin()
    writer.quoted = quoted
    writeLine(writer, said)
  }
  writer.begin()
  return writer
}

function writeLine(writer: BlockWriter, line: string): void {
  let written = 0
  for (const { from, until, to } of oddAddresses(line)) {
    writer.text(line.slice(written, from))
    writer.link(to)
    writer.text(line.slice(from, until))
    writer.link(undefined)
    written = until
  }
  writer.text(`${line.slice(written)}\n`)
}
