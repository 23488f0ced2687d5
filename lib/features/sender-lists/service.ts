import { domainToUnicode } from 'node:url'
import type { z } from 'zod'
import type { Authorized } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError, type ErrorCode } from '#lib/platform/errors.ts'
import { noticeSender } from '#lib/platform/notices/sender.ts'
import { type Line, readSenderFile } from '#lib/platform/sender-file.ts'
import { barOf, domainOf, type SenderBar } from '#lib/platform/sender-pattern.ts'
import { MOST_SENDER_RULES, putSenderRules, type SenderRule as Rule, removeSenderRules } from '#lib/platform/sender-rules.ts'
import { decodeTextFile } from '#lib/platform/text-file.ts'
import type {
  Checked,
  CheckSender,
  Imported,
  ImportSenders,
  ListSenders,
  Preview,
  PutResult,
  PutSenders,
  Removed,
  RemoveSenders,
  SenderList,
  SenderRule,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const MOST_NAMED = 20
const MOST_FAULTS = 50
const MOST_QUOTED = 80
const BARRED: Record<SenderBar, ErrorCode> = { self: 'sender_is_self', own_domain: 'sender_own_domain', notices: 'sender_notices' }

/** What the audit keeps of many senders. */
export const named = (senders: string[]) => ({ names: senders.slice(0, MOST_NAMED), more: Math.max(senders.length - MOST_NAMED, 0) })

export async function listSenders({ db }: Context, { mailbox }: Input<typeof ListSenders>): Promise<SenderList> {
  const [rows, told] = await Promise.all([store.rulesOf(db, mailbox), store.isTold(db, mailbox)])
  const verdicts = new Map(rows.map(({ sender, verdict }) => [sender, verdict]))
  const exceptions = new Map<string, number>()
  const items = rows.map((row): SenderRule => {
    const domain = domainOf(row.sender)
    const other = verdicts.get(domain)
    const insteadOf = row.sender !== domain && other !== undefined && other !== row.verdict ? domain : null
    if (insteadOf) exceptions.set(insteadOf, (exceptions.get(insteadOf) ?? 0) + 1)
    return { ...row, unicode: unicodeOf(row.sender), insteadOf, exceptions: 0 }
  })
  const counted = items.map((item) => ({ ...item, exceptions: exceptions.get(item.sender) ?? 0 }))
  return { most: MOST_SENDER_RULES, told, heldDays: env().HELD_DAYS, items: counted }
}

function unicodeOf(sender: string): string | null {
  const at = sender.lastIndexOf('@') + 1
  const unicode = sender.slice(0, at) + domainToUnicode(sender.slice(at))
  return unicode === sender ? null : unicode
}

export async function putSenders(context: Context, { mailbox, senders, verdict, expiresOn }: Input<typeof PutSenders>): Promise<PutResult> {
  const bars = senders.flatMap((sender) => barOf(sender, verdict, { mailbox, notices: noticeSender().address }) ?? [])
  const [bar] = bars
  if (bar && bars.length === senders.length) throw new AppError(BARRED[bar], { fields: ['senders'] })
  const expiresAt = expiresOn === undefined ? null : await endOf(context, expiresOn)
  const result = await putSenderRules(
    context,
    mailbox,
    senders.map((sender) => ({ sender, verdict, expiresAt })),
  )
  return { ...result, expiresAt }
}

async function endOf({ db }: Context, day: string): Promise<Date> {
  const end = (await store.endsOf(db, [day], env().TIME_ZONE)).get(day)
  if (!end) throw new AppError('sender_expiry', { fields: ['expiresOn'] })
  return end
}

export async function removeSenders(context: Context, { mailbox, senders }: Input<typeof RemoveSenders>): Promise<Removed> {
  const result = await removeSenderRules(context, mailbox, senders)
  if (result.removed.length === 0) throw new AppError('not_found')
  return result
}

/** What the lists do with mail from this sender; what no list overrides is not asked here. */
export async function checkSender({ db }: Context, { mailbox, sender }: Input<typeof CheckSender>): Promise<Checked> {
  const domain = domainOf(sender)
  const rows = await store.rulesOf(db, mailbox, [sender, domain])
  const ruling = (of: string) => rows.map(({ sender, verdict }) => ({ sender, verdict })).find((row) => row.sender === of) ?? null
  const [ofAddress, ofDomain] = [sender === domain ? null : ruling(sender), ruling(domain)]
  return {
    sender,
    by: ofAddress ? 'address' : ofDomain ? 'domain' : null,
    rule: ofAddress ?? ofDomain,
    givesWay: ofAddress && ofDomain?.verdict !== ofAddress.verdict ? ofDomain : null,
  }
}

type FaultyLine = Preview['faulty']['lines'][number]

interface Reading {
  wanted: Map<string, Rule & { expiresAt: Date | null }>
  faulty: FaultyLine[]
}

/** Of a sender that stands there twice the last line counts. */
async function readFile({ db }: Context, { mailbox, file, verdict }: Input<typeof ImportSenders>): Promise<Reading> {
  const lines = readSenderFile(decodeTextFile(Buffer.from(file, 'base64')), verdict)
  const days = [...new Set(lines.flatMap(({ expiresOn }) => expiresOn ?? []))]
  const ends = await store.endsOf(db, days, env().TIME_ZONE)
  const notices = noticeSender().address
  const reading: Reading = { wanted: new Map(), faulty: [] }
  for (const line of lines) {
    const fault = faultOf(line, ends, { mailbox, notices })
    const text = line.text.slice(0, MOST_QUOTED)
    if (fault) reading.faulty.push({ line: line.line, text, fault })
    else if (line.sender) reading.wanted.set(line.sender, { sender: line.sender, verdict: line.verdict, expiresAt: endOfLine(line, ends) })
  }
  return reading
}

const endOfLine = ({ expiresOn }: Line, ends: Map<string, Date>) => (expiresOn ? (ends.get(expiresOn) ?? null) : null)

function faultOf(line: Line, ends: Map<string, Date>, site: { mailbox: string; notices: string }): FaultyLine['fault'] | null {
  if (line.fault || !line.sender) return line.fault ?? 'shape'
  if (line.expiresOn && !ends.has(line.expiresOn)) return 'day'
  return barOf(line.sender, line.verdict, site)
}

export async function previewImport(context: Context, input: Input<typeof ImportSenders>): Promise<Preview> {
  const [{ wanted, faulty }, rows] = await Promise.all([readFile(context, input), store.rulesOf(context.db, input.mailbox)])
  const standing = new Map(rows.map((row) => [row.sender, row]))
  const known = [...wanted.values()].filter(({ sender }) => standing.has(sender))
  const turned = known.filter(({ sender, verdict }) => standing.get(sender)?.verdict !== verdict).map(({ sender }) => sender)
  const same = known.filter(({ sender, verdict, expiresAt }) => {
    const row = standing.get(sender)
    return row?.verdict === verdict && row.expiresAt?.getTime() === expiresAt?.getTime()
  })
  const added = wanted.size - known.length
  return {
    added,
    same: same.length,
    turned: { count: turned.length, senders: turned.slice(0, MOST_NAMED) },
    total: standing.size + added,
    most: MOST_SENDER_RULES,
    faulty: { count: faulty.length, lines: faulty.slice(0, MOST_FAULTS) },
  }
}

/** Puts every line that can be read on the list, all or none of them. */
export async function importSenders(context: Context, input: Input<typeof ImportSenders>): Promise<Imported> {
  const { wanted, faulty } = await readFile(context, input)
  if (wanted.size === 0) throw new AppError('sender_file_empty')
  const { put, added, turned, told } = await putSenderRules(context, input.mailbox, [...wanted.values()])
  context.audited.detail = named(put)
  return { added: added.length, turned: turned.length, faulty: faulty.length, told }
}
