import { DOMParser } from '@xmldom/xmldom'

export class XmlRefused extends Error {}

const DEEPEST = 60
const MOST_ELEMENTS = 20_000

/**
 * Parses the small documents that providers send. What no such document needs is refused rather than understood:
 * document types and entities (XXE, billion laughs), processing instructions, endless nesting, and all that the parser
 * would only warn of. Who calls has limited the length.
 * @throws XmlRefused
 */
export function parseXml(text: string): Element {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new XmlRefused('document type')
  const root = parseStrictly(text).documentElement
  let elements = 0
  let depth = 0
  for (let node: Node | null = root; node; ) {
    if (node.nodeType === 1 && ++elements > MOST_ELEMENTS) throw new XmlRefused('too many elements')
    if (node.nodeType === 7) throw new XmlRefused('processing instruction')
    if (node.firstChild && ++depth > DEEPEST) throw new XmlRefused('nested too deep')
    const down: Node | null = node.firstChild
    while (!down && node && node !== root && !node.nextSibling) {
      node = node.parentNode
      depth--
    }
    node = down ?? (node === root ? null : (node?.nextSibling ?? null))
  }
  return root
}

function parseStrictly(text: string): Document {
  const stop = (level: string, message: unknown) => {
    throw new XmlRefused(`${level}: ${message}`)
  }
  try {
    const document = new DOMParser({ locator: {}, errorHandler: stop }).parseFromString(text, 'text/xml')
    if (!document?.documentElement) throw new XmlRefused('no element')
    return document
  } catch (error) {
    throw error instanceof XmlRefused ? error : new XmlRefused('not XML', { cause: error })
  }
}

/** The child elements of that name; of all names when `name` is absent. */
export function children(parent: Element, namespace: string, name?: string): Element[] {
  return Array.from(parent.childNodes).filter(
    (node): node is Element =>
      node.nodeType === 1 && (node as Element).namespaceURI === namespace && (!name || (node as Element).localName === name),
  )
}

export const isElement = (element: Element, namespace: string, name: string): boolean =>
  element.namespaceURI === namespace && element.localName === name

export const textOf = (element: Element | undefined): string | null => element?.textContent?.trim() || null
