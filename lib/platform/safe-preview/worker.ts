import { parentPort } from 'node:worker_threads'
import { type PreviewRefusal, PreviewRefused, type SafePreview } from './preview.ts'
import { readMail } from './read-mail.ts'

/** What the thread says of a mail: nothing of an error but its code. */
export type Answer = { preview: SafePreview } | { refusal: PreviewRefusal }

parentPort?.on('message', async (raw: Uint8Array) => {
  let answer: Answer
  try {
    answer = { preview: await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)) }
  } catch (error) {
    answer = { refusal: error instanceof PreviewRefused ? error.code : 'unreadable' }
  }
  parentPort?.postMessage(answer)
})
