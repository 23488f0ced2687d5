import { sql } from 'drizzle-orm'
import type { Resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import type { Figure } from '#lib/platform/figures/figures.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'

const HOUR = 3_600_000
const HOURS = 22 * 24

/** Sign-ins of a working day by hour, as a university has them; everything else follows them. */
const DAY = [30, 20, 12, 8, 15, 42, 135, 430, 790, 860, 800, 620, 490, 540, 715, 730, 665, 520, 390, 360, 380, 330, 210, 90]
const DAYS = [1, 1.02, 0.98, 1, 0.93, 0.31, 0.36]
const WEEK = DAYS.reduce((sum, share) => sum + share, 0) * DAY.reduce((sum, count) => sum + count, 0)

/** How often in a week: this one, and the one before. */
const SERIES: [figure: Figure, dimension: string, now: number, before: number][] = [
  ['sign_ins', '', 184_206, 178_667],
  ['reset_started', '', 412, 425],
  ['reset_stopped', 'sent.no_account', 5, 6],
  ['reset_stopped', 'sent.no_text', 2, 2],
  ['reset_stopped', 'proved.not_arrived', 18, 6],
  ['reset_stopped', 'proved.not_entered', 9, 8],
  ['reset_stopped', 'proved.wrong', 5, 5],
  ['reset_stopped', 'proved.tried', 2, 2],
  ['reset_stopped', 'chosen.left', 9, 11],
  ['reset_stopped', 'chosen.unlocked', 4, 4],
  ['reset_stopped', 'finished.refused', 6, 9],
  ['codes_sent', '', 1_642, 1_588],
  ['codes_confirmed', '', 1_549, 1_512],
  ['texts', 'CN', 1_980, 1_920],
  ['texts', 'HK', 84, 79],
  ['texts', 'MO', 12, 9],
  ['texts_failed', 'CN', 35, 34],
  ['texts_failed', 'HK', 4, 3],
  ['texts_cost', 'CN', 178_200_000, 172_800_000],
  ['texts_cost', 'HK', 63_840_000, 60_040_000],
  ['texts_cost', 'MO', 7_680_000, 5_760_000],
  ['app_passwords_made', '', 286, 271],
  ['phones_bound', '', 190, 204],
  ['held', 'spam', 5_214, 5_700],
  ['held', 'phishing', 690, 742],
  ['held', 'malware', 96, 104],
  ['held', 'blocked', 318, 321],
  ['released', 'spam', 117, 155],
  ['released', 'phishing', 3, 3],
  ['restored', '', 1_904, 2_207],
  ['recalled', '', 61, 48],
  ['helpdesk_actions', 'reset.issue-pass', 58, 64],
  ['helpdesk_actions', 'sso.end-others', 17, 12],
  ['helpdesk_actions', 'app-passwords.revoke', 14, 19],
  ['helpdesk_actions', 'received.release', 33, 41],
  ['self_service', 'reset.choose', 352, 372],
  ['self_service', 'reset.unlock', 121, 108],
  ['self_service', 'phone.confirm', 190, 204],
  ['self_service', 'app-passwords.create', 286, 271],
  ['self_service', 'received.release', 812, 630],
  ['self_service', 'restore.start', 124, 95],
  ['self_service', 'sent.recall', 45, 38],
  ['component_checks', 'directory', 40_320, 40_320],
  ['component_checks', 'mailbox', 40_320, 40_320],
  ['component_failures', 'directory', 12, 0],
]

/** What is left of a figure when what was lost on the way is taken off, hour by hour: no part is more than its whole. */
const REST: [figure: Figure, dimension: string, whole: Figure, lost: Figure, steps?: string[]][] = [
  ['reset_sent', '', 'reset_started', 'reset_stopped', ['sent']],
  ['reset_proved', '', 'reset_started', 'reset_stopped', ['sent', 'proved']],
  ['reset_chosen', '', 'reset_started', 'reset_stopped', ['sent', 'proved', 'chosen']],
  ['reset_finished', '', 'reset_started', 'reset_stopped', ['sent', 'proved', 'chosen', 'finished']],
  ['texts_delivered', 'CN', 'texts', 'texts_failed'],
  ['texts_delivered', 'HK', 'texts', 'texts_failed'],
  ['texts_delivered', 'MO', 'texts', 'texts_failed'],
]

/** Three weeks of figures, so that the one before has one before, alike at every start; hours that have some keep them. */
export async function seedFigures({ db }: Resources, now: Date): Promise<void> {
  const hour = Math.floor(now.getTime() / HOUR) * HOUR
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: env().TIME_ZONE, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  const rows = Array.from({ length: HOURS }, (_, ago) => hour - (HOURS - 1 - ago) * HOUR).flatMap((start) =>
    figuresOf(start, now.getTime(), clock),
  )
  await db.execute(sql`
    with added as (
      insert into figures_hourly (hour, figure, dimension, value)
      select hour, figure, dimension, value
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as seed (hour timestamptz, figure text, dimension text, value bigint)
      on conflict do nothing returning figure, dimension, value)
    insert into figure_totals (figure, dimension, value)
    select figure, dimension, sum(value) from added where figure not like 'accounts_%' group by 1, 2
    on conflict (figure, dimension) do update set value = figure_totals.value + excluded.value`)
}

function figuresOf(start: number, now: number, clock: Intl.DateTimeFormat) {
  const hour = new Date(start).toISOString()
  // Of the hour that runs, as much as is over.
  const over = Math.min(1, (now - start) / HOUR)
  const position = positionIn(start, clock)
  const isThisWeek = start > now - 7 * 24 * HOUR
  const counted = SERIES.map(([figure, dimension, week, before], index) => {
    const many = isThisWeek ? week : before
    // What is left over of one hour counts in the next: the week has its sum, and no hour a fraction.
    const upTo = (share: number) => Math.floor(many * share + ((index * 0.37) % 1))
    return { hour, figure, dimension, value: Math.round((upTo(position.end) - upTo(position.start)) * over) }
  })
  const derived = REST.map(([figure, dimension, whole, lost, step]) => {
    const of = (name: Figure, part: (dimension: string) => boolean) =>
      counted.filter((one) => one.figure === name && part(one.dimension)).reduce((sum, { value }) => sum + value, 0)
    const left =
      of(whole, (part) => part === dimension) - of(lost, (part) => (step ? step.some((one) => part.startsWith(one)) : part === dimension))
    return { hour, figure, dimension, value: Math.max(0, left) }
  })
  const measured = [
    { hour, figure: 'accounts_locked', dimension: '', value: new Date(start).getUTCHours() % 4 === 0 ? 1 : 0 },
    { hour, figure: 'accounts_idle', dimension: '', value: 5 },
  ]
  return [...[...counted, ...derived].filter(({ value }) => value > 0), ...measured]
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Which share of a week's events lies before this hour, and before its end. */
function positionIn(start: number, clock: Intl.DateTimeFormat): { start: number; end: number } {
  const parts = Object.fromEntries(clock.formatToParts(new Date(start)).map(({ type, value }) => [type, value]))
  const [day, hour] = [WEEKDAYS.indexOf(parts.weekday ?? 'Mon'), Number(parts.hour)]
  const perDay = DAY.reduce((sum, count) => sum + count, 0)
  const before = DAYS.slice(0, day).reduce((sum, share) => sum + share * perDay, 0)
  const inDay = (hours: number) => (DAYS[day] ?? 1) * DAY.slice(0, hours).reduce((sum, count) => sum + count, 0)
  return { start: (before + inDay(hour)) / WEEK, end: (before + inDay(hour + 1)) / WEEK }
}

/** Mails that only staff may release: for how many minutes they have been asked for, and why. */
const ASKED_FOR: [minutes: number, words: string][] = [
  [8, '会议主办方的邀请，附件是日程，今天下班前要回复。'],
  [34, '合作单位寄来的合同，发件人我认识，刚通过电话。'],
  [75, '期刊编辑部的退修意见，下周一截止。'],
  [150, '家里人发来的扫描件，等着办手续。'],
  [400, 'The invoice of our supplier. We asked for it yesterday.'],
  [1_700, '基金委的通知，链接要点开填报。'],
]

/** Requests that wait for the helpdesk, of every age. */
export async function seedRequests({ db, mail }: Resources, mailboxes: string[]): Promise<void> {
  const [known] = await db.execute(sql`select from quarantine where requested_at is not null limit 1`)
  if (known) return
  const wanted = await db.execute<{ mailbox: string; id: string }>(sql`
    select mailbox, queue_id as id from quarantine
     where state = 'held' and verdict in ('malware', 'phishing') and mailbox in (${sql.join(
       mailboxes.map((one) => sql`${one}`),
       sql`, `,
     )})
     order by mailbox, queue_id limit ${ASKED_FOR.length}`)
  for (const [index, { mailbox, id }] of wanted.entries()) {
    const [minutes, words] = ASKED_FOR[index] ?? [1, '']
    await mail.quarantine.request(mailbox, [id], words)
    const request = await fileRequest(db, { mailbox, kind: 'release', about: { ids: [id] }, words })
    await db.execute(sql`
      update staff_requests set created_at = now() - make_interval(mins => ${minutes}::int) where mailbox = ${mailbox} and id = ${request}`)
    await db.execute(sql`
      update quarantine set requested_at = now() - make_interval(mins => ${minutes}::int) where mailbox = ${mailbox} and queue_id = ${id}`)
  }
}
