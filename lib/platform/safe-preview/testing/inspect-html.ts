import sanitizeHtml from 'sanitize-html'

/** What a second reading finds in a document; the parser tells every tag and attribute, whatever the options allow. */
export interface Inspected {
  tags: Set<string>
  attributes: Set<string>
  /** Values of attributes but words: sources, styles, sizes. */
  values: string[]
}

export function inspectHtml(html: string): Inspected {
  const found: Inspected = { tags: new Set(), attributes: new Set(), values: [] }
  sanitizeHtml(html, {
    onOpenTag: (name, attributes) => {
      found.tags.add(name)
      for (const [key, value] of Object.entries(attributes)) {
        found.attributes.add(key)
        if (key !== 'title' && key !== 'alt') found.values.push(value)
      }
    },
  })
  return found
}
