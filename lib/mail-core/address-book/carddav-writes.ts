import { isDeepStrictEqual } from 'node:util'
import { type Dav, hrefOf } from './dav.ts'
import type { Copied, MirrorRow, mirrorOf, Removed } from './mirror.ts'
import type { Applied, ContactCard, ContactChange } from './port.ts'
import { isId, storableCard } from './table.ts'
import { readVcards, writeVcard } from './vcard.ts'
import { renamedGroup, withoutMember } from './vcard-group.ts'

const LANES = 4
const TRIES = 3

interface Place {
  dav: Dav
  mirror: ReturnType<typeof mirrorOf>
}

type RemovedByHref = Map<string, Removed>

/** What came of one change, and what the copy has to hear of it. */
interface Made {
  applied: Applied
  copied?: Copied
  gone?: string
}

/** Changes of one mailbox's book: on the server first, then in the copy. */
export function writesOf({ dav, mirror }: Place) {
  return {
    /** Each contact at most once. What was done before a failure stands in the copy. */
    async apply(changes: ContactChange[]): Promise<Applied[]> {
      const book = await mirror.book()
      const rows = await mirror.rows(changes.map(({ id }) => id).filter(isId))
      const removed = await mirror.removed(changes.flatMap(({ kind, id }) => (kind === 'create' ? [hrefOf(book, id)] : [])))
      const made: Made[] = []
      try {
        await inLanes(changes, async (change, index) => {
          made[index] = await one(book, change, rows.get(change.id), removed)
        })
      } finally {
        const done = made.filter(Boolean)
        await mirror.take(done.flatMap(({ copied }) => copied ?? []))
        await mirror.drop(done.flatMap(({ gone }) => gone ?? []))
      }
      return made.map(({ applied }) => applied)
    },

    /** Groups that are cards of their own. */
    async renameGroupCards(name: string, to: string | null): Promise<void> {
      const book = await mirror.book()
      for (const card of (await mirror.groupCards()).filter((group) => group.name === name)) {
        if (to === null) {
          await dav.remove(book, card.href, card.etag)
          await mirror.drop([card.href])
        } else await rewriteGroup(book, card, (raw) => renamedGroup(raw, to))
      }
    },
  }

  function one(book: string, change: ContactChange, row: MirrorRow | undefined, removed: RemovedByHref): Promise<Made> | Made {
    if (change.kind === 'create') return row ? done(change.id, row.etag) : create(book, change, removed)
    if (!row) return { applied: { id: change.id, outcome: 'gone' } }
    if (change.kind === 'update' && isSame(change.card, row.card)) return done(change.id, row.etag)
    if (change.version !== undefined && change.version !== row.etag) return { applied: { id: change.id, outcome: 'conflict' } }
    return change.kind === 'update' ? update(book, change, row) : remove(book, change, row)
  }

  async function create(
    book: string,
    { id, card: wanted }: Extract<ContactChange, { kind: 'create' }>,
    removed: RemovedByHref,
  ): Promise<Made> {
    const href = hrefOf(book, id)
    const card = storableCard(wanted)
    const before = removed.get(href)
    const vcard = before ? (await ofCard({ ...before, card }, card)).vcard : writeVcard(card, { version: '3.0', uid: id })
    const { outcome, etag } = await dav.put(book, href, vcard, null)
    if (outcome === 'taken') return { applied: { id, outcome: 'conflict' } }
    if (outcome === 'done' && etag) return { ...done(id, etag), copied: { href, etag, vcard } }
    // It is there already: this is a repetition. Or the server says its version only when it is asked.
    const now = await current(book, href)
    return now ? { ...done(id, now.etag), copied: now } : { applied: { id, outcome: 'conflict' } }
  }

  async function update(book: string, { id, version, card }: Extract<ContactChange, { kind: 'update' }>, first: MirrorRow): Promise<Made> {
    let row: Pick<MirrorRow, 'href' | 'etag' | 'vcard' | 'uid' | 'card'> = first
    for (let tries = 0; tries < TRIES; tries++) {
      const { vcard, left } = await ofCard(row, storableCard(card))
      const { outcome, etag } = await dav.put(book, row.href, vcard, row.etag)
      if (outcome === 'done') {
        for (const name of left) await leave(book, name, row.uid)
        const copied = etag ? { href: row.href, etag, vcard } : await current(book, row.href)
        return copied ? { ...done(id, copied.etag), copied } : { applied: { id, outcome: 'gone' }, gone: row.href }
      }
      const now = await current(book, row.href)
      if (!now) return { applied: { id, outcome: 'gone' }, gone: row.href }
      const read = readVcards(now.vcard)[0]
      if (read?.card && isSame(card, read.card)) return { ...done(id, now.etag), copied: now }
      if (version !== undefined || !read?.card) return { applied: { id, outcome: 'conflict' }, copied: now }
      row = { ...now, uid: read.uid, card: read.card }
    }
    return { applied: { id, outcome: 'conflict' } }
  }

  async function remove(book: string, { id, version }: Extract<ContactChange, { kind: 'remove' }>, first: MirrorRow): Promise<Made> {
    let { etag } = first
    await mirror.remember(first)
    for (let tries = 0; tries < TRIES; tries++) {
      const outcome = await dav.remove(book, first.href, etag)
      if (outcome === 'done') return { applied: { id, outcome: 'done', version: null }, gone: first.href }
      const now = outcome === 'gone' ? null : await current(book, first.href)
      if (!now) return { applied: { id, outcome: 'gone' }, gone: first.href }
      if (version !== undefined) return { applied: { id, outcome: 'conflict' }, copied: now }
      etag = now.etag
      await mirror.remember({ ...first, vcard: now.vcard })
    }
    return { applied: { id, outcome: 'conflict' } }
  }

  async function current(book: string, href: string): Promise<Copied | null> {
    const { cards } = await dav.cards(book, [href])
    return cards[0] ?? null
  }

  /** Groups that name this contact themselves do not stand in its card; `left`, those of them that it is not in any more. */
  async function ofCard(row: Pick<MirrorRow, 'vcard' | 'uid' | 'card'>, card: ContactCard): Promise<{ vcard: string; left: string[] }> {
    const naming = (await mirror.groupCards()).filter(({ members }) => members.includes(row.uid)).map(({ name }) => name)
    const own = readVcards(row.vcard)[0]?.card?.groups ?? []
    const groups = card.groups.filter((name) => own.includes(name) || !naming.includes(name))
    const left = naming.filter((name) => row.card.groups.includes(name) && !card.groups.includes(name))
    return { vcard: writeVcard({ ...card, groups }, { version: '3.0', uid: row.uid, onto: row.vcard }), left }
  }

  async function leave(book: string, name: string, uid: string): Promise<void> {
    for (const group of await mirror.groupCards())
      if (group.name === name && group.members.includes(uid)) await rewriteGroup(book, group, (raw) => withoutMember(raw, uid))
  }

  async function rewriteGroup(book: string, { href, etag, vcard }: Copied, edit: (raw: string) => string): Promise<void> {
    let now: Copied | null = { href, etag, vcard }
    for (let tries = 0; tries < TRIES && now; tries++) {
      const next = edit(now.vcard)
      const put = await dav.put(book, href, next, now.etag)
      now = put.outcome === 'done' && put.etag ? { href, etag: put.etag, vcard: next } : await current(book, href)
      if (put.outcome === 'done') break
    }
    if (now) await mirror.take([now])
    else await mirror.drop([href])
  }
}

const done = (id: string, version: string): Made => ({ applied: { id, outcome: 'done', version } })

const isSame = (one: ContactCard, other: ContactCard) => isDeepStrictEqual(storableCard(one), storableCard(other))

/** Some at a time. After a failure none is begun, and those that run are waited for. */
async function inLanes<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  let failed = false
  const lane = async () => {
    while (next < items.length && !failed) {
      const index = next++
      await work(items[index] as T, index).catch((error) => {
        failed = true
        throw error
      })
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane))
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason
}
