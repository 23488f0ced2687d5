import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { describeTrace } from './contract.ts'
import { postfixTrace } from './postfix-log.ts'
import { heardAll, heardOf, traceHouse } from './testing/house.ts'
import { complete, linesOf, linesOfRemoval, type Mail, newMailbox, type Removal } from './testing/mail-log.ts'

const octetsOf = (lines: string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''))

describeTrace('Postfix, its log followed', async () => {
  const { sql, nowhere, folder, close } = await traceHouse()
  const [postfix, dovecot] = [join(folder, 'postfix.log'), join(folder, 'dovecot.log')]
  const config = { files: [postfix, dovecot], timeZone: 'UTC' }
  const trace = postfixTrace({ sql, ...config })
  const end = new AbortController()
  const following = trace.follow(end.signal)
  return {
    trace,
    unreachable: postfixTrace({ sql: nowhere, ...config }),
    async happen(mail: Mail) {
      const told = complete(mail)
      const lines = linesOf(told)
      const of = (program: RegExp) => lines.filter((line) => program.test(line)).map((line) => `${line}\n`)
      await appendFile(postfix, of(/ postfix\//).join(''))
      await appendFile(dovecot, of(/ lmtp\(/).join(''))
      await heardOf(
        sql,
        told.id,
        mail.recipients.map(({ mailbox }) => mailbox),
      )
      return told.id
    },
    async remove(removal: Removal) {
      await appendFile(dovecot, octetsOf(linesOfRemoval(removal)))
      await heardAll(sql, dovecot)
    },
    async close() {
      end.abort()
      await following
      await close()
    },
  }
})

describeTrace('Postfix, its log pushed', async () => {
  const { sql, nowhere, close } = await traceHouse()
  const config = { files: [], timeZone: 'UTC' }
  const trace = postfixTrace({ sql, ...config })
  let offset = 0
  return {
    trace,
    unreachable: postfixTrace({ sql: nowhere, ...config }),
    async happen(mail: Mail) {
      const told = complete(mail)
      offset = await trace.takeLines('mx1', offset, octetsOf(linesOf(told)))
      return told.id
    },
    async remove(removal: Removal) {
      offset = await trace.takeLines('mx1', offset, octetsOf(linesOfRemoval(removal)))
    },
    close,
  }
})

test('A database that does not answer is told of, and asked again', async () => {
  const { nowhere, folder, close } = await traceHouse()
  const onProblem = vi.fn()
  const end = new AbortController()
  const following = postfixTrace({ sql: nowhere, files: [join(folder, 'mail.log')], timeZone: 'UTC', onProblem }).follow(end.signal)
  await appendFile(join(folder, 'mail.log'), 'x\n')
  await vi.waitFor(() => expect(onProblem.mock.calls.length).toBeGreaterThan(1), { timeout: 10_000 })
  end.abort()
  await following
  await close()
})

test('What is of a day that is not kept is told of, and what follows is taken in', async () => {
  const { sql, close } = await traceHouse()
  const onProblem = vi.fn()
  const trace = postfixTrace({ sql, files: [], timeZone: 'UTC', onProblem })
  const [mailbox, steps] = [newMailbox(), [{ what: 'delivered' as const, folder: 'INBOX' }]]
  const mails = [new Date(Date.now() - 70 * 86_400_000), new Date()].map((arrivedAt) =>
    complete({ arrivedAt, recipients: [{ mailbox, steps }] }),
  )
  await trace.takeLines('mx1', 0, octetsOf(mails.flatMap(linesOf)))
  expect(onProblem).toHaveBeenCalledTimes(1)
  expect(await trace.page(mailbox, { limit: 5 })).toMatchObject([{ id: mails[1]?.id }])
  await close()
})
