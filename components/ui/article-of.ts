/** The article of a page, or of the nearest page above it. */
export function articleOf(pages: Record<string, string>, path: string): string | undefined {
  for (let page = path; page; page = page.slice(0, page.lastIndexOf('/'))) if (pages[page]) return pages[page]
  return undefined
}
