import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Runner, run, type TaskList } from 'graphile-worker'
import { appPasswordJobs } from './features/app-passwords/jobs.ts'
import { contactJobs } from './features/contacts/jobs.ts'
import { digestJobs } from './features/digest/jobs.ts'
import { helpJobs } from './features/help/jobs.ts'
import { passwordJobs } from './features/password/jobs.ts'
import { phoneJobs } from './features/phone/jobs.ts'
import { resetJobs } from './features/reset/jobs.ts'
import { restoreJobs } from './features/restore/jobs.ts'
import { sentJobs } from './features/sent/jobs.ts'
import { ssoJobs } from './features/sso/jobs.ts'
import { tokenJobs } from './features/tokens/jobs.ts'
import { webhookJobs } from './features/webhooks/jobs.ts'
import type { Intake } from './mail-core/quarantine/port.ts'
import { alarmJobs } from './platform/alarms.ts'
import { auditJobs } from './platform/audit-verdict.ts'
import { type Resources, resources } from './platform/context.ts'
import { ConfigurationError, env } from './platform/env.ts'
import { figureJobs } from './platform/figures/jobs.ts'
import { heldMailJobs } from './platform/held-mail.ts'
import { enqueue, type JobPayload, type Jobs } from './platform/jobs.ts'
import { log } from './platform/log.ts'
import { mailSessionJobs } from './platform/mail-sessions.ts'
import { noticeJobs } from './platform/notices/jobs.ts'
import { retentionJobs } from './platform/retention.ts'
import { senderRuleJobs } from './platform/sender-rules.ts'
import { followSiteSettings } from './platform/site-settings.ts'
import { smsJobs } from './platform/sms/jobs.ts'
import { keepPulse } from './platform/worker-pulse.ts'

const ALL: Jobs[] = [
  ...[appPasswordJobs, contactJobs, digestJobs, helpJobs, passwordJobs, phoneJobs, resetJobs, restoreJobs, sentJobs, ssoJobs],
  ...[
    alarmJobs,
    auditJobs,
    figureJobs,
    heldMailJobs,
    mailSessionJobs,
    noticeJobs,
    retentionJobs,
    senderRuleJobs,
    smsJobs,
    tokenJobs,
    webhookJobs,
  ],
]

export function taskList(on: Resources): TaskList {
  const tasks = ALL.flatMap((jobs) => Object.entries(jobs.tasks))
  return Object.fromEntries(tasks.map(([name, job]) => [name, (payload: unknown) => job(payload as JobPayload, on)]))
}

/** One is waiting at most, by its key, and one running, by its queue, however many workers there are. */
async function repeat(on: Resources, task: string, seconds: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await enqueue(on.db, task, {}, { key: task, queue: task, attempts: 1 }).catch((error) => log.error({ error, task }, 'job not enqueued'))
    await wait(seconds * 1000, undefined, { signal }).catch(() => {})
  }
}

const quiet = { error: (text: string) => log.debug(text), warn: (text: string) => log.debug(text), info: () => {}, debug: () => {} }

export async function startWorker(on: Resources, signal: AbortSignal): Promise<Runner> {
  const { Logger } = await import('graphile-worker')
  const workers = new Set<string>()
  const events = new EventEmitter() as Runner['events']
  events.on('worker:create', ({ worker }) => workers.add(worker.workerId))
  const runner = await run({
    events,
    connectionString: env().DATABASE_URL,
    concurrency: 5,
    pollInterval: 1000,
    noHandleSignals: true,
    taskList: taskList(on),
    logger: new Logger(() => (level, message) => (quiet[level as keyof typeof quiet] ?? quiet.debug)(message)),
  })
  runner.events.on('job:failed', ({ job, error }) => log.error({ task: job.task_identifier, job: job.id, error }, 'job given up'))
  runner.events.on('job:error', ({ job, error }) => log.warn({ task: job.task_identifier, job: job.id, error }, 'job will be tried again'))
  void keepPulse(on.db, workers, signal)
  void on.mail.trace.follow(signal)
  for (const jobs of ALL) {
    for (const [task, seconds] of Object.entries(jobs.every ?? {})) void repeat(on, task, seconds, signal)
  }
  return runner
}

/** Held mail comes in where the site has said so. */
async function takeInMail({ mail }: Resources): Promise<Intake | null> {
  if (!env().QUARANTINE_LISTEN) return null
  const intake = await mail.quarantine.listen()
  log.info({ port: intake.port }, 'mail is taken in')
  return intake
}

if (import.meta.main) {
  try {
    const stopping = new AbortController()
    await followSiteSettings(resources().db, stopping.signal)
    const runner = await startWorker(resources(), stopping.signal)
    const intake = await takeInMail(resources())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
    stopping.signal.addEventListener('abort', () => void Promise.all([runner.stop(), intake?.close()]).finally(() => process.exit(0)))
    log.info('worker ready')
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error)
    process.exit(1)
  }
}
