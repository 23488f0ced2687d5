import type { z } from 'zod'
import { isSignedIn } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { open } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { type Period, periodOf } from '#lib/platform/figures/periods.ts'
import { countedAt, hoursOf, type Sum, seriesOf, sumsOf, waitingByAge } from '#lib/platform/figures/read.ts'
import { maskAddress } from '#lib/platform/mask-address.ts'
import { maskPhone } from '#lib/platform/phone-number.ts'
import { phoneContext } from '#lib/platform/sms/enqueue.ts'
import {
  type Component,
  type Drill,
  type Drilled,
  type DrillPage,
  type ExportedFigures,
  type ExportFigures,
  type Figures,
  KPIS,
  type Kpi,
  type KpiName,
  RESET_STEPS,
  type Row,
  type ShowFigures,
} from './schema.ts'
import * as store from './store.ts'

/** The worker counts every five seconds; after a minute it has stopped. */
const STALE_MS = 60_000

type Asked = z.output<typeof ShowFigures>

const spanOf = ({ period }: Pick<Asked, 'period'>, { from, to, running, beforeFrom, beforeTo, comparedTo }: Period) => ({
  ...{ period, from, to, running, comparedTo },
  before: { from: beforeFrom, to: beforeTo },
})

export async function showFigures({ db }: Context, asked: Asked): Promise<Figures> {
  const zone = env().TIME_ZONE
  const period = await periodOf(db, asked.period, asked.from, zone)
  const { step, ...span } = await chartOf(db, asked.period, period, zone)
  const [sums, points, counted, waiting, states] = await Promise.all([
    sumsOf(db, period),
    seriesOf(db, 'sign_ins', span, step, zone),
    countedAt(db),
    waitingByAge(db),
    store.componentStates(db),
  ])
  return {
    ...spanOf(asked, period),
    asOf: counted.at,
    stale: counted.at === null || counted.now.getTime() - counted.at.getTime() > STALE_MS,
    kpis: KPIS.map((name) => kpiOf(name, sums, period.comparedTo !== null)),
    sums,
    chart: { step, points },
    waiting,
    components: states.map((state) => withFacts(state, sums)),
    currency: env().SMS_CURRENCY,
  }
}

/** Hours of the day that is looked at; of a week that runs, of today; of one that is over, its days. */
async function chartOf(db: Context['db'], unit: Asked['period'], period: Period, zone: string) {
  if (unit === 'week' && !period.running) return { from: period.from, to: period.to, step: 'day' as const }
  const day = unit === 'day' ? period : await periodOf(db, 'day', unit === 'hour' ? period.from.toISOString() : undefined, zone)
  return { from: day.from, to: day.to, step: 'hour' as const }
}

type Numbers = Pick<Sum, 'value' | 'compared' | 'before'>
const NONE: Numbers = { value: 0, compared: 0, before: 0 }

/** Over all dimensions, or of one. */
const totalOf = (sums: Sum[], figure: Sum['figure'], dimension?: string): Numbers =>
  sums
    .filter((sum) => sum.figure === figure && (dimension === undefined || sum.dimension === dimension))
    .reduce((total, { value, compared, before }) => {
      return { value: total.value + value, compared: total.compared + compared, before: total.before + before }
    }, NONE)

interface Share {
  of: Sum['figure']
  among: Sum['figure']
  goodWhen: 'more' | 'less'
}

const SHARES: Partial<Record<KpiName, Share>> = {
  resets_finished: { of: 'reset_finished', among: 'reset_started', goodWhen: 'more' },
  texts_delivered: { of: 'texts_delivered', among: 'texts', goodWhen: 'more' },
  // Who releases a held mail says that it was held wrongly.
  false_positives: { of: 'released', among: 'held', goodWhen: 'less' },
}

const COUNTS: Partial<Record<KpiName, { of: Sum['figure']; in: 'percent' | 'count' }>> = {
  sign_ins: { of: 'sign_ins', in: 'percent' },
  held: { of: 'held', in: 'percent' },
  calls_saved: { of: 'self_service', in: 'count' },
}

export function kpiOf(name: KpiName, sums: Sum[], comparable: boolean): Kpi {
  const share = SHARES[name]
  if (share) return shareKpi(name, share, sums, comparable)
  const { of, in: unit } = COUNTS[name] as { of: Sum['figure']; in: 'percent' | 'count' }
  const { value, compared, before } = totalOf(sums, of)
  const difference = compared - before
  const by = unit === 'count' ? difference : before > 0 ? oneDigit((100 * difference) / before) : null
  const change = !comparable || by === null ? null : { by, in: unit, verdict: by === 0 ? ('unchanged' as const) : ('neutral' as const) }
  return { name, value, unit: 'count', change }
}

function shareKpi(name: KpiName, { of, among, goodWhen }: Share, sums: Sum[], comparable: boolean): Kpi {
  const [part, whole] = [totalOf(sums, of), totalOf(sums, among)]
  const percent = (which: keyof Numbers) => (whole[which] > 0 ? oneDigit((100 * part[which]) / whole[which]) : null)
  const [value, compared, before] = [percent('value'), percent('compared'), percent('before')]
  if (!comparable || compared === null || before === null) return { name, value, unit: 'percent', change: null }
  const by = oneDigit(compared - before)
  const verdict = Math.abs(by) <= 0.1 ? 'unchanged' : by > 0 === (goodWhen === 'more') ? 'better' : 'worse'
  return { name, value, unit: 'percent', change: { by, in: 'points', verdict } }
}

const oneDigit = (value: number) => Math.round(value * 10) / 10

function withFacts(state: Omit<Component, 'technology' | 'availability'>, sums: Sum[]): Component {
  const [checks, failures] = [totalOf(sums, 'component_checks', state.name).value, totalOf(sums, 'component_failures', state.name).value]
  const availability = checks > 0 ? Math.round(10_000 * (1 - failures / checks)) / 100 : null
  return { ...state, technology: technologyOf(state.name), availability }
}

function technologyOf(name: string): string | null {
  const { DIRECTORY, MAILBOX, FILTER, SMS, SSO_PROTOCOL } = env()
  const known: Record<string, string | null> = {
    database: 'PostgreSQL',
    directory: DIRECTORY === 'ldap' ? 'LDAP' : null,
    mailbox: MAILBOX === 'dovecot' ? 'Dovecot' : null,
    trace: FILTER === 'rspamd' ? 'Postfix' : null,
    filter: FILTER === 'rspamd' ? 'Rspamd' : null,
    sms: SMS === 'twilio' ? 'Twilio' : null,
    identity_provider: SSO_PROTOCOL.toUpperCase(),
  }
  return known[name] ?? null
}

export async function drill({ db }: Context, asked: z.output<typeof Drill>): Promise<DrillPage> {
  const { figure, dimension, before, limit } = asked
  const period = await periodOf(db, asked.period, asked.from, env().TIME_ZONE)
  const list = listOf(figure)
  // Of a list of another kind.
  if (before !== undefined && before.includes('.') !== (list !== 'audit')) throw new AppError('invalid_input', { fields: ['before'] })
  const wanted = { figure, dimension, from: period.from, to: period.to, before, limit: limit + 1 }
  const [sums, found] = await Promise.all([sumsOf(db, period), rowsOf(db, list, wanted)])
  const page = found.slice(0, limit)
  const { value, compared, before: beforeValue } = totalOf(sums, figure, dimension)
  return {
    ...spanOf(asked, period),
    ...{ figure, dimension: dimension ?? null, value, compared, beforeValue, list },
    stopped: stoppedAt(figure, sums),
    parts: partsOf(figure, sums),
    rows: page.map(({ row }) => row),
    next: found.length > limit ? (page.at(-1)?.cursor ?? null) : null,
  }
}

function listOf(figure: Drilled): DrillPage['list'] {
  if (figure === 'held' || figure === 'released') return 'held'
  return figure === 'codes_sent' || figure === 'reset_proved' || figure.startsWith('texts') ? 'texts' : 'audit'
}

/** Nobody is shown in full but staff in what they did. */
async function rowsOf(db: Context['db'], list: DrillPage['list'], wanted: store.Wanted): Promise<{ cursor: string; row: Row }[]> {
  if (list === 'texts') {
    const texts = await store.textRows(db, wanted)
    return texts.map(({ cursor, id, cipher, ...row }) => ({ cursor, row: { ...row, who: maskPhone(open(cipher, phoneContext(id))) } }))
  }
  const rows = list === 'held' ? await store.heldRows(db, wanted) : await store.auditRows(db, wanted)
  const shown = (who: string | null) => (who === null || wanted.figure === 'helpdesk_actions' ? who : maskAddress(who))
  return rows.map(({ cursor, ...row }) => ({ cursor, row: { ...row, who: shown(row.who) } }))
}

function stoppedAt(figure: Drilled, sums: Sum[]): DrillPage['stopped'] {
  const earlier = RESET_STEPS[RESET_STEPS.indexOf(figure as (typeof RESET_STEPS)[number]) - 1]
  if (!earlier) return null
  const [from, to] = [totalOf(sums, earlier), totalOf(sums, figure)]
  return { value: from.value - to.value, before: from.before - to.before }
}

/** By country, verdict or operation; of a step of a reset the reasons to stop at it. Largest first. */
function partsOf(figure: Drilled, sums: Sum[]): DrillPage['parts'] {
  const step = RESET_STEPS.find((name) => name === figure && name !== 'reset_started')?.slice('reset_'.length)
  return sums
    .filter((sum) => (step ? sum.figure === 'reset_stopped' && sum.dimension.startsWith(`${step}.`) : sum.figure === figure))
    .filter(({ dimension, value, before }) => dimension !== '' && (value !== 0 || before !== 0))
    .map(({ dimension, value, before }) => ({ dimension, value, before }))
    .sort((one, other) => other.value - one.value)
}

export async function exportFigures({ db }: Context, asked: z.output<typeof ExportFigures>): Promise<z.input<typeof ExportedFigures>> {
  const period = await periodOf(db, asked.period, asked.from, env().TIME_ZONE)
  return { ...spanOf(asked, period), rows: await hoursOf(db, period, asked.figure) }
}

export async function watchFigures({ actor }: Context): Promise<{ viewer: string }> {
  if (!isSignedIn(actor)) throw new AppError('forbidden')
  return { viewer: actor.mailbox }
}
