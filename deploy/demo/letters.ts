/** A letter that lies in a demo mailbox: minutes before the seeding, from whom, what. */
export interface Letter {
  ago: number
  from: [name: string, address: string]
  subject: string
  text: string
  seen: boolean
}

const HOUR = 60
const DAY = 24 * HOUR

const COMMON: Letter[] = [
  {
    ago: 26,
    from: ['张伟', 'zhang.wei@yunling.example'],
    subject: '课题组周会改到周三下午',
    text: '本周的组会改到周三下午三点，地点不变。',
    seen: false,
  },
  {
    ago: 40,
    from: ['GitHub', 'noreply@github.example'],
    subject: '[lab-infra] Rotate TLS certificates (#482)',
    text: 'The certificates of the lab gateway expire next week.',
    seen: false,
  },
  {
    ago: 3 * HOUR,
    from: ['学报编辑部', 'editor@ynwater-journal.example'],
    subject: '稿件YJ-2026-1187的修改意见',
    text: '两位审稿人的意见见附言，请在三十天内修回。',
    seen: true,
  },
  {
    ago: 5 * HOUR,
    from: ['Emily Carter', 'emily.carter@yunling.example'],
    subject: 'Slides for Thursday',
    text: 'Here are the slides. Tell me if the second half is too long.',
    seen: true,
  },
  {
    ago: DAY,
    from: ['图书馆', 'library@yunling.example'],
    subject: '你预约的图书已到馆',
    text: '《滇池水文志》保留三天。',
    seen: true,
  },
  {
    ago: 2 * DAY,
    from: ['研究生院', 'graduate@yunling.example'],
    subject: '研究生复试安排（征求意见稿）',
    text: '请各学院在周五前反馈意见。',
    seen: true,
  },
  {
    ago: 4 * DAY,
    from: ['Conference Office', 'office@hydrology-congress.example'],
    subject: 'Your abstract has been accepted',
    text: 'We are glad to see you in Kunming in April.',
    seen: true,
  },
]

const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`

/** The letters of a demo inbox, newest first. */
export function lettersFor(address: string, now: Date): { letter: Letter; receivedAt: Date }[] {
  const letters = COMMON.filter(({ from }) => from[1] !== address)
  return letters.map((letter) => ({ letter, receivedAt: new Date(now.getTime() - letter.ago * 60_000) }))
}

export interface LetterParts {
  from: [name: string, address: string]
  to: string
  subject: string
  text: string
  html?: string
  at: Date
  messageId: string
}

/** RFC 5322 text with CRLF. */
export function letterOf({ from, to, subject, text, html, at, messageId }: LetterParts): Buffer {
  const sender = from[0] === '' ? `<${from[1]}>` : `${encoded(from[0])} <${from[1]}>`
  const head = [
    `From: ${sender}`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    'MIME-Version: 1.0',
  ]
  const plain = bodyOf('text/plain', text)
  if (html === undefined) return Buffer.from([...head, ...plain, ''].join('\r\n'))
  const boundary = 'part-of-a-letter'
  const parts = [`--${boundary}`, ...plain, `--${boundary}`, ...bodyOf('text/html', html), `--${boundary}--`, '']
  return Buffer.from([...head, `Content-Type: multipart/alternative; boundary="${boundary}"`, '', ...parts].join('\r\n'))
}

const bodyOf = (type: string, text: string) => [
  `Content-Type: ${type}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(`${text}\r\n`).toString('base64'),
]
