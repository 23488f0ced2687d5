import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { composeNotice, type Envelope } from './compose.ts'

const envelope: Envelope = {
  id: '5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11',
  at: new Date('2026-11-23T02:42:00Z'),
  from: { name: '云岭大学', address: 'no-reply@yunling.example' },
  to: 'lin@yunling.example',
}
const rendered = {
  subject: '绑定了手机 · Phone is bound',
  text: '第一行\n\n.\nsecond\n',
  html: '<p lang="zh-CN">第一行</p>',
}
const compose = (changes: Partial<Envelope> = {}, words: Partial<typeof rendered> = {}) =>
  composeNotice({ ...envelope, ...changes }, { ...rendered, ...words })

test('the mail is what was written, in both forms, and answers nobody', async () => {
  const raw = await compose()
  const mail = await PostalMime.parse(raw)
  expect(mail).toMatchObject({
    from: { name: '云岭大学', address: 'no-reply@yunling.example' },
    to: [{ name: '', address: 'lin@yunling.example' }],
    subject: rendered.subject,
    messageId: '<notice.5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11@yunling.example>',
    date: '2026-11-23T02:42:00.000Z',
    attachments: [],
  })
  expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe(rendered.text.trim())
  expect(mail.html?.trim()).toBe(rendered.html)
  expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }))
  expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n\x80-\xff]/)
})

test('composed twice it is the same, octet for octet', async () => {
  expect((await compose()).equals(await compose())).toBe(true)
})

test.each(['x\r\nBcc: victim@yunling.example', 'x\nBcc: victim@yunling.example', 'x\rBcc: victim@yunling.example', 'x\r\n\r\n<b>body</b>'])(
  'T33 %j in subject, sender name or recipient adds no header',
  async (text) => {
    for (const raw of [
      await compose({}, { subject: text }),
      await compose({ from: { ...envelope.from, name: text } }),
      await compose({ to: text }),
      await compose({ to: `lin@yunling.example, ${text}` }),
    ]) {
      const { headers, to } = await PostalMime.parse(raw)
      expect(to?.length ?? 0).toBeLessThanOrEqual(1)
      expect(headers.map(({ key }) => key).sort()).toEqual(
        ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].filter((name) =>
          headers.some(({ key }) => key === name),
        ),
      )
    }
  },
)
