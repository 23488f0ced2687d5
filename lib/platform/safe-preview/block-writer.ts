import { isDeceptive } from './links.ts'
import { LIMITS, type PreviewBlock, type PreviewRun } from './preview.ts'

/** Collects runs of text into blocks, and stops at the limits. */
export class BlockWriter {
  readonly blocks: PreviewBlock[] = []
  truncated = false
  quoted = 0
  #kind: PreviewBlock['kind'] = 'text'
  #runs: PreviewRun[] = []
  #to: string | undefined
  #left: number = LIMITS.text

  /** Ends the block that is there, if it says anything, and names the kind of the next. */
  begin(kind: PreviewBlock['kind'] = 'text'): void {
    const runs = trimmed(this.#runs).map(judged)
    this.#runs = []
    if (runs.length > 0) {
      if (this.blocks.length < LIMITS.blocks) this.blocks.push({ kind: this.#kind, quoted: this.quoted, runs })
      else this.truncated = true
    }
    this.#kind = kind
  }

  text(text: string): void {
    const kept = text.slice(0, Math.max(0, this.#left)).toWellFormed()
    if (kept.length < text.length) this.truncated = true
    this.#left -= kept.length
    const last = this.#runs.at(-1)
    if (last && last.link?.to === this.#to) last.text += kept
    else if (kept) this.#runs.push(this.#run(kept))
  }

  /** Text in which a run of white space is one space, or none at the start of a line. */
  flow(text: string): void {
    const last = this.#runs.findLast((run) => run.text !== '')
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ')
    this.text(!last || /\s$/.test(last.text) ? collapsed.trimStart() : collapsed)
  }

  /** What follows is a link, until `link(undefined)`. One without text is kept: it is a picture that is clicked. */
  link(to: string | undefined): void {
    if (this.#to && this.#runs.at(-1)?.link?.to !== this.#to) this.#runs.push(this.#run(''))
    this.#to = to
  }

  /** Where a link leads counts as text. */
  #run(text: string): PreviewRun {
    if (!this.#to) return { text }
    this.#left -= this.#to.length
    if (this.#left < 0) this.truncated = true
    return { text, link: { to: this.#to, deceptive: false } }
  }
}

const judged = ({ text, link }: PreviewRun): PreviewRun =>
  link ? { text, link: { ...link, deceptive: isDeceptive(text, link.to) } } : { text }

function trimmed(runs: PreviewRun[]): PreviewRun[] {
  const tidy = runs.map((run) => ({ ...run, text: withoutTrailingSpace(run.text) }))
  const [first, last] = [tidy[0], tidy.at(-1)]
  if (first) first.text = first.text.replace(/^\n+/, '')
  if (last) last.text = last.text.trimEnd()
  return tidy.some(({ text, link }) => link || text.trim()) ? tidy.filter(({ text, link }) => link || text) : []
}

/** Before its line ends; what stands after the last may have something behind it. */
function withoutTrailingSpace(text: string): string {
  const lines = text.split('\n')
  return lines.map((line, at) => (at < lines.length - 1 ? line.trimEnd() : line)).join('\n')
}
