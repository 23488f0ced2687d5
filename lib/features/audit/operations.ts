import { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import type { AuditDetail as Written } from '#lib/platform/audit.ts'
import { operation } from '#lib/platform/operation.ts'
import { mayReadAudit } from './policy.ts'
import { AuditDetail, AuditPage, Chain, ExportAudit, ExportedAudit, ListAudit, type Narrowed, NoInput, OneEntry } from './schema.ts'
import { exportAudit, listAudit, showChain, showEntry, verifyChain } from './service.ts'

/** What was looked for. In one list, so that a look for a ticket is not found under that ticket. */
const lookedFor = ({ actor, account, operation, outcome, ticket, reference, from, to }: Narrowed): Written => ({
  filters: Object.entries({ actor, account, operation, outcome, ticket, reference, from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  ),
})

export const listAuditOperation = operation({
  name: 'audit.list',
  summary: 'Entries of the audit, newest first',
  method: 'GET',
  path: '/audit',
  input: ListAudit,
  output: AuditPage,
  policy: mayReadAudit,
  auditedRead: true,
  audit: lookedFor,
  run: listAudit,
})

export const exportAuditOperation = operation({
  name: 'audit.export',
  summary: 'Entries of the audit, all of them, for a file',
  method: 'GET',
  input: ExportAudit,
  output: ExportedAudit,
  policy: mayReadAudit,
  auditedRead: true,
  limits: (_, actor) => [{ key: `audit.export:${describeActor(actor).id}`, limit: 10, per: '1 minute' }],
  audit: lookedFor,
  run: exportAudit,
})

export const showEntryOperation = operation({
  name: 'audit.show',
  summary: 'One entry of the audit, with its place in the chain',
  method: 'GET',
  path: '/audit/{reference}',
  input: OneEntry,
  output: AuditDetail,
  policy: mayReadAudit,
  auditedRead: true,
  audit: ({ reference }) => ({ filters: [`reference=${reference}`] }),
  run: showEntry,
})

export const showChainOperation = operation({
  name: 'audit.chain',
  summary: 'Whether the chain of the audit was whole when it was last verified, and where it is broken',
  method: 'GET',
  path: '/audit-chain',
  input: NoInput,
  output: Chain,
  policy: mayReadAudit,
  audit: () => ({}),
  run: showChain,
})

export const verifyChainOperation = operation({
  name: 'audit.verify',
  summary: 'Have the chain of the audit verified now',
  method: 'POST',
  path: '/audit-chain/verification',
  input: NoInput,
  output: z.object({}),
  policy: mayReadAudit,
  limits: (_, actor) => [{ key: `audit.verify:${describeActor(actor).id}`, limit: 6, per: '1 minute' }],
  audit: () => ({}),
  run: verifyChain,
})
