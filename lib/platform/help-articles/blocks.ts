import { lexer, type Token, type Tokens } from 'marked'

/** A run of words alike. */
export interface Part {
  text: string
  strong?: true
  code?: true
  href?: string
}

export type Block =
  | { kind: 'paragraph'; parts: Part[] }
  /** `id`: where a link may lead to, the same in both languages. */
  | { kind: 'heading'; id: string; text: string }
  /** `start`: the number of the first item; null where they have none. */
  | { kind: 'list'; start: number | null; items: Part[][] }

/**
 * What an article may be made of: paragraphs, headings `## Title {#id}`, flat lists, **strong**, `code` and links. It is read into words
 * and never becomes markup by itself.
 * @throws Error when there is anything else, raw HTML above all
 */
export const blocksOf = (markdown: string): Block[] => lexer(markdown).flatMap((token) => blockOf(token as Tokens.Generic))

function blockOf(token: Tokens.Generic): Block[] {
  switch (token.type) {
    case 'space':
      return []
    case 'paragraph':
      return [{ kind: 'paragraph', parts: partsOf(token.tokens) }]
    case 'heading': {
      const [, text, id] = /^(.+?) \{#([a-z-]+)\}$/.exec(token.text) ?? []
      if (token.depth !== 2 || !text || !id) throw new Error(`a heading reads "## Title {#id}": ${token.raw}`)
      return [{ kind: 'heading', id, text }]
    }
    case 'list':
      return [{ kind: 'list', start: token.ordered ? Number(token.start) : null, items: token.items.map(itemOf) }]
    default:
      throw new Error(`an article holds no ${token.type}: ${token.raw}`)
  }
}

function itemOf({ tokens, task }: Tokens.ListItem): Part[] {
  const [words, ...more] = tokens
  if (task || more.length > 0 || words?.type !== 'text') throw new Error('an item of a list is one line of words')
  return partsOf((words as Tokens.Text).tokens)
}

function partsOf(tokens: Token[] = [], style: Omit<Part, 'text'> = {}): Part[] {
  return tokens.flatMap((token) => {
    const { type, text, href, tokens: inner, raw } = token as Tokens.Generic
    switch (type) {
      case 'text':
      case 'escape':
        return [{ ...style, text: String(text).replaceAll('\n', ' ') }]
      case 'codespan':
        return [{ ...style, code: true as const, text }]
      case 'strong':
        return partsOf(inner, { ...style, strong: true })
      case 'link':
        return partsOf(inner, { ...style, href })
      default:
        throw new Error(`a line of an article holds no ${type}: ${raw}`)
    }
  })
}

export const wordsOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return block.text
    case 'paragraph':
      return block.parts.map(({ text }) => text).join('')
    case 'list':
      return block.items.map((parts) => parts.map(({ text }) => text).join('')).join('\n')
  }
}
