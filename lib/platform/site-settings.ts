import { setTimeout as wait } from 'node:timers/promises'
import { isNotNull } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { siteSettings } from '#db/schema/settings.ts'
import { fitting, type SiteValues, setSiteValues } from './env.ts'
import { onSettingsChange } from './live.ts'
import { log } from './log.ts'
import { GROUP_OF } from './site-setting-names.ts'

/** What the site has set. A name that this version does not know, or does not let a site set, is not its. */
export async function storedValues(db: Queryable): Promise<SiteValues> {
  const { name, value } = siteSettings
  const rows = await db.select({ name, value }).from(siteSettings).where(isNotNull(value)).orderBy(name)
  return Object.fromEntries(rows.filter((row) => row.name in GROUP_OF).map((row) => [row.name, row.value]))
}

let reading: Promise<unknown> = Promise.resolve()

/** What the site has set counts in this process from now on. One after the other: what was read first must not come last. */
export function readSiteSettings(db: Database): Promise<void> {
  const read = reading.then(async () => {
    const stored = await storedValues(db)
    const right = fitting(stored)
    setSiteValues(right)
    const leftOut = Object.keys(stored).filter((name) => !(name in right))
    if (leftOut.length > 0) log.error({ settings: leftOut }, 'what the site has set does not fit to the environment and is left out')
  })
  reading = read.catch(() => {})
  return read
}

const AGAIN_MS = 60_000
const SOON_MS = 2_000

/**
 * Reads what the site has set, and again whenever it changes: at once by the word of the database, and each minute should that be lost.
 * Comes back after the first look, also when the database did not answer: then it is asked again soon.
 */
export async function followSiteSettings(db: Database, signal?: AbortSignal): Promise<void> {
  const look = async (): Promise<boolean> => {
    try {
      await readSiteSettings(db)
      return true
    } catch (error) {
      log.warn({ error }, 'settings of the site not read')
      return false
    }
  }
  let heard = false
  const listen = async () => {
    heard = await onSettingsChange(db, () => void look()).then(
      () => true,
      () => false,
    )
    // What was set in the meantime, nobody has heard.
    return look()
  }
  const follow = async (read: boolean) => {
    for (let known = read; !signal?.aborted; known = await look()) {
      if (!heard) known = await listen()
      await wait(known && heard ? AGAIN_MS : SOON_MS, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  void follow(await look())
}
