import { operation } from '#lib/platform/operation.ts'
import { mayReadDemoPhone } from './policy.ts'
import { ListMessages, MessageList } from './schema.ts'
import { listMessages } from './service.ts'

export const listDemoMessagesOperation = operation({
  name: 'demo-phone.list',
  summary: 'The texts of the demo, newest first',
  method: 'GET',
  input: ListMessages,
  output: MessageList,
  anonymous: true,
  policy: mayReadDemoPhone,
  audit: () => ({}),
  run: listMessages,
})
