import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HeldState, Quarantine } from './port.ts'
import { postfixHarness } from './testing/harness.ts'
import { type House, newMailbox, openHouse } from './testing/house.ts'

interface Model {
  state: HeldState
  copies: number
}

interface Real {
  mailbox: string
  id: string
}

let harness: Awaited<ReturnType<typeof postfixHarness>>
let house: House
let quarantine: Quarantine

beforeAll(async () => {
  harness = await postfixHarness()
  house = await openHouse(harness)
  quarantine = house.quarantine
})
afterAll(async () => {
  await house.close()
  await harness.close()
})

/** A call that changes the mail from some states to another, and says so only then. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly name: string
  private readonly from: HeldState[]
  private readonly to: HeldState
  private readonly call: (real: Real) => Promise<string[]>

  constructor(name: string, from: HeldState[], to: HeldState, call: (real: Real) => Promise<string[]>) {
    this.name = name
    this.from = from
    this.to = to
    this.call = call
  }

  check(): boolean {
    return true
  }

  async run(model: Model, real: Real): Promise<void> {
    const changes = this.from.includes(model.state)
    expect(await this.call(real)).toEqual(changes ? [real.id] : [])
    if (changes) {
      if (this.name === 'release') model.copies++
      model.state = this.to
    }
    const [mail] = await quarantine.find(real.mailbox, [real.id])
    expect(mail?.state).toBe(model.state)
    expect(await house.inbox(real.mailbox)).toHaveLength(model.copies)
  }

  toString(): string {
    return this.name
  }
}

const UNDECIDED: HeldState[] = ['held', 'requested', 'refused']
const expire = async ({ mailbox, id }: Real) => {
  const [before] = await quarantine.find(mailbox, [id])
  await harness.sql`update quarantine set expires_at = now() where queue_id = ${id}`
  await quarantine.tidy()
  const [after] = await quarantine.find(mailbox, [id])
  return before?.state === after?.state ? [] : [id]
}

const steps = [
  new Step('startRelease', UNDECIDED, 'releasing', ({ mailbox, id }) => quarantine.startRelease(mailbox, [id])),
  new Step('release', ['releasing'], 'released', async ({ mailbox, id }) => ((await quarantine.release(mailbox, id)) ? [id] : [])),
  new Step('request', ['held', 'refused'], 'requested', ({ mailbox, id }) => quarantine.request(mailbox, [id], 'please')),
  new Step('refuse', ['requested'], 'refused', ({ mailbox, id }) => quarantine.refuse(mailbox, [id])),
  new Step('remove', UNDECIDED, 'deleted', ({ mailbox, id }) => quarantine.remove(mailbox, [id])),
  new Step('undoRemove', ['deleted'], 'held', ({ mailbox, id }) => quarantine.undoRemove(mailbox, [id])),
  new Step('expire', UNDECIDED, 'expired', expire),
]

test('Whatever is done to a mail in whatever order, it moves as it should and arrives at most once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([fc.constantFrom(...steps)], { maxCommands: 15 }), async (commands) => {
      const mailbox = newMailbox()
      const real = { mailbox, id: await house.hold(mailbox) }
      await fc.asyncModelRun(() => ({ model: { state: 'held', copies: 0 } satisfies Model as Model, real }), commands)
    }),
    { numRuns: 60 },
  )
})
