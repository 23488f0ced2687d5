import { exportActivityOperation, listActivityOperation } from '#lib/features/activity/operations.ts'
import * as appPasswords from '#lib/features/app-passwords/operations.ts'
import * as audit from '#lib/features/audit/operations.ts'
import * as clientSetup from '#lib/features/client-setup/operations.ts'
import * as contacts from '#lib/features/contacts/operations.ts'
import * as dashboard from '#lib/features/dashboard/operations.ts'
import { listDemoMessagesOperation } from '#lib/features/demo-phone/operations.ts'
import * as digest from '#lib/features/digest/operations.ts'
import * as help from '#lib/features/help/operations.ts'
import * as helpdesk from '#lib/features/helpdesk/operations.ts'
import { showOverviewOperation } from '#lib/features/overview/operations.ts'
import * as password from '#lib/features/password/operations.ts'
import * as phone from '#lib/features/phone/operations.ts'
import * as received from '#lib/features/received/operations.ts'
import * as requests from '#lib/features/requests/operations.ts'
import * as reset from '#lib/features/reset/operations.ts'
import * as restore from '#lib/features/restore/operations.ts'
import * as senderLists from '#lib/features/sender-lists/operations.ts'
import * as sent from '#lib/features/sent/operations.ts'
import * as settings from '#lib/features/settings/operations.ts'
import * as sso from '#lib/features/sso/operations.ts'
import * as tokens from '#lib/features/tokens/operations.ts'
import * as webhooks from '#lib/features/webhooks/operations.ts'
import type { Operation } from '#lib/platform/operation.ts'

/** Every operation of the portal. The API, its description and the test of who may do what read this list. */
export const OPERATIONS = [
  showOverviewOperation,
  ...Object.values(password),
  ...Object.values(reset),
  ...Object.values(phone),
  ...Object.values(appPasswords),
  ...Object.values(clientSetup),
  ...Object.values(received),
  ...Object.values(restore),
  ...Object.values(sent),
  ...Object.values(digest),
  ...Object.values(senderLists),
  ...Object.values(contacts),
  ...Object.values(sso),
  ...Object.values(help),
  ...Object.values(helpdesk),
  ...Object.values(requests),
  ...Object.values(settings),
  listActivityOperation,
  exportActivityOperation,
  ...Object.values(audit),
  ...Object.values(dashboard),
  ...Object.values(tokens),
  ...Object.values(webhooks),
  listDemoMessagesOperation,
] as unknown as Operation[]
