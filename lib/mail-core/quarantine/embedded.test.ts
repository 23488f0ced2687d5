import { expect, test } from 'vitest'
import { describeQuarantine } from './contract.ts'
import { EICAR, embeddedHarness, GTUBE } from './testing/harness.ts'
import { mail, newMailbox, openHouse } from './testing/house.ts'

describeQuarantine('embedded', embeddedHarness)

test('Without a filter and a log, a mail is named, judged and traced from the beginning', async () => {
  const harness = await embeddedHarness()
  const house = await openHouse(harness)
  const send = (mailbox: string, raw: Uint8Array) => house.client.deliver({ recipients: [mailbox] }, raw)
  const found = async (mailbox: string) => (await house.quarantine.open(mailbox, { limit: 1 }))[0]

  const [spam, malware, nothing] = [newMailbox(), newMailbox(), newMailbox()]
  await send(spam, mail(GTUBE))
  await send(malware, mail(Buffer.from(EICAR).toString('base64')))
  await send(nothing, Buffer.alloc(0))

  const held = await found(spam)
  expect(held).toMatchObject({ verdict: 'spam', score: 1_000, auth: 'none' })
  expect(await found(malware)).toMatchObject({ verdict: 'malware' })
  await expect.poll(() => house.inbox(nothing)).toHaveLength(1)
  const traced = await house.traced(spam, held?.id ?? '')
  expect(traced).toMatchObject({ outcome: 'held', events: [{ what: 'arrived' }, { what: 'held' }] })

  await house.close()
  await harness.close()
})
