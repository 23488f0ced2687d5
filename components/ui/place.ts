type Parts<Name extends string> = Partial<Record<Name, string>>

/** The parts of an address by these names, without what is empty. */
export function partsOf<Name extends string>(address: { get(name: string): string | null }, names: readonly Name[]): Parts<Name> {
  const parts: Parts<Name> = {}
  for (const name of names) {
    const value = address.get(name)
    if (value) parts[name] = value
  }
  return parts
}

/** What is set of these, in their order: the same parts are the same text. */
export const setOf = <Name extends string>(parts: Parts<Name>, names: readonly Name[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (parts[name] ? [[name, parts[name]]] : [])))

export function pageWith(page: string, parts: Record<string, string>): string {
  const address = new URLSearchParams(parts)
  return address.size > 0 ? `${page}?${address}` : page
}
