import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createTestDatabase } from '#db/testing.ts'
import { installMailStack } from './install.ts'
import { commandLine } from './local/process-table.ts'
import { type MailStack, startMailStack, stopMailStack } from './mail-stack.ts'

const PREFIX = 'posthouse-mail-'

/** The addresses and secrets of the run's mail stack, and the database that its Dovecot asks. */
export type TestMailStack = Omit<MailStack, 'stop'> & { databaseOwnerUrl: string; domain: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where the machine cannot run one; the reason was printed. */
    mailStack: TestMailStack | null
  }
}

/** vitest's globalSetup, behind the one of the database: one mail stack for the run. */
export default async function setup(project: TestProject) {
  const obstacle = installMailStack()
  if (obstacle) {
    console.warn(`Tests with the real mail servers are skipped. ${obstacle}`)
    project.provide('mailStack', null)
    return
  }
  await removeLeftOvers()
  const database = await createTestDatabase(project.getProvidedContext().testServer)
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // Root starts the daemons as another user, who has to enter here.
  chmodSync(dataDir, 0o755)
  const tearDown = async () => {
    await stopMailStack(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
    await database.drop()
  }
  try {
    const domain = 'yunling.example'
    const { stop: _, ...stack } = await startMailStack({ dataDir, databaseOwnerUrl: database.ownerUrl, domain, accounts: [] })
    if (stack.leftOut) console.warn(stack.leftOut)
    project.provide('mailStack', { ...stack, domain, databaseOwnerUrl: database.ownerUrl })
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

/** Mail stacks of runs that were killed before they could stop theirs. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const dataDir = join(tmpdir(), name)
    const run = Number(name.slice(PREFIX.length).split('-')[0])
    if (commandLine(run) || statSync(dataDir).uid !== process.getuid?.()) continue
    await stopMailStack(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
}
