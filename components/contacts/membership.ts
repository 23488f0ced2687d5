/** Whether all, some or none of the chosen contacts are in a group. */
export type Share = 'all' | 'some' | 'none'

/** By group, in the order of `names`; groups that only a contact knows come last. */
export function sharesOf(names: string[], contacts: { groups: string[] }[]): Map<string, Share> {
  const all = new Set([...names, ...contacts.flatMap(({ groups }) => groups)])
  return new Map(
    [...all].map((name) => {
      const inside = contacts.filter(({ groups }) => groups.includes(name)).length
      return [name, inside === 0 ? 'none' : inside === contacts.length ? 'all' : 'some']
    }),
  )
}

/** What has to be done to get from one to the other; a group left at `some` stays as it is with everybody. */
export function stepsBetween(before: ReadonlyMap<string, Share>, after: ReadonlyMap<string, Share>): { add: string[]; remove: string[] } {
  const changed = [...after].filter(([name, share]) => share !== (before.get(name) ?? 'none'))
  return {
    add: changed.flatMap(([name, share]) => (share === 'all' ? [name] : [])),
    remove: changed.flatMap(([name, share]) => (share === 'none' ? [name] : [])),
  }
}
