import { expect, test, vi } from 'vitest'
import { type SmsText, smsText } from './text.ts'

vi.stubEnv('SITE_NAME_ZH', '云岭大学')
vi.stubEnv('SITE_NAME_EN', 'Yunling')
vi.stubEnv('TIME_ZONE', 'Asia/Shanghai')

const mailbox = 'lin@yunling.example'
const year = new Date().getFullYear() + 1
const texts: [SmsText, zh: string, en: string][] = [
  [
    { purpose: 'code', action: 'bind', code: '012345', minutes: 5 },
    '【云岭大学】012345是绑定手机的验证码，5分钟内有效。不要告诉任何人，服务台也不会问。',
    'Yunling: 012345 is your code to bind this phone, valid for 5 minutes. Tell nobody, the helpdesk never asks for it.',
  ],
  [
    { purpose: 'code', action: 'change', code: '012345', minutes: 5 },
    '【云岭大学】012345是更换绑定手机的验证码，5分钟内有效。不要告诉任何人，服务台也不会问。',
    'Yunling: 012345 is your code to change the bound phone, valid for 5 minutes. Tell nobody, the helpdesk never asks for it.',
  ],
  [
    { purpose: 'call_code', code: '012345', minutes: 5 },
    '【云岭大学】012345，5分钟内有效。只有你自己刚给服务台打了电话，才念给对方听。是别人打给你的？马上挂断。',
    'Yunling: 012345, valid for 5 minutes. Read it out only if you called the helpdesk yourself just now. Somebody called you? Hang up.',
  ],
  [
    {
      purpose: 'app_password',
      mailbox,
      name: 'Lin’s\r\niPhone',
      secret: 'abcdefgh',
      expiresAt: new Date(`${year}-05-22T00:00:00Z`),
    },
    `【云岭大学】${mailbox}的授权密码“Lin’s iPhone”：abcdefgh。用于邮件客户端，${year}年5月22日到期。`,
    `Yunling: app password “Lin’s iPhone” of ${mailbox}: abcdefgh. For mail clients, expires on 22 May ${year}.`,
  ],
  [
    {
      purpose: 'phone_changed',
      mailbox,
      phone: '138****8000',
      effectiveAt: new Date(`${year}-05-22T02:30:00Z`),
      url: 'https://x.example/link/t',
    },
    `【云岭大学】${mailbox}的绑定手机已换成138****8000。不是你本人操作，就在${year}年5月22日10:30之前换回旧号码：https://x.example/link/t`,
    `Yunling: the bound phone of ${mailbox} was changed to 138****8000. Not you? Put the old number back before 22 May ${year}, 10:30: https://x.example/link/t`,
  ],
]

test.each(texts)('the text %o in both languages', (text, zh, en) => {
  expect(smsText('zh-CN', text)).toBe(zh)
  expect(smsText('en', text)).toBe(en)
})
