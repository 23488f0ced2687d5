import { describe, expect, test } from 'vitest'
import { LIMITS, type PreviewBlock } from './preview.ts'
import { readMail } from './read-mail.ts'
import { htmlMail, mail, multipart } from './testing/horrors.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const textOf = (blocks: PreviewBlock[]) => blocks.map(({ runs }) => runs.map(({ text }) => text).join(''))
const bytes = (...pairs: string[]) => Buffer.from(pairs.join(''), 'hex')

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
/** The same with a width and a height of 30,000. */
const HUGE = Buffer.concat([PNG.subarray(0, 16), Buffer.from('0000753000007530', 'hex'), PNG.subarray(24)])

describe('The text of a mail', () => {
  test('is paragraphs, headings and items, with links that tell where they lead', async () => {
    const { blocks } = await readMail(
      htmlMail(`<h1>Review</h1><p>Dear Lin,</p><p>See <a href="http://t.example/2kfQ9">ynwater-journal.example/r/1187</a> and
        <a href="https://t.example/ok">the form</a>.</p><ul><li>one<li>two</ul><a href="https://t.example/"><img src="x.png" alt="Sign in"></a>`),
    )
    expect(blocks).toEqual([
      { kind: 'heading', quoted: 0, runs: [{ text: 'Review' }] },
      { kind: 'text', quoted: 0, runs: [{ text: 'Dear Lin,' }] },
      {
        kind: 'text',
        quoted: 0,
        runs: [
          { text: 'See ' },
          { text: 'ynwater-journal.example/r/1187', link: { to: 'http://t.example/2kfQ9', deceptive: true } },
          { text: ' and ' },
          { text: 'the form', link: { to: 'https://t.example/ok', deceptive: false } },
          { text: '.' },
        ],
      },
      { kind: 'item', quoted: 0, runs: [{ text: 'one' }] },
      { kind: 'item', quoted: 0, runs: [{ text: 'two' }] },
      { kind: 'text', quoted: 0, runs: [{ text: '[□ Sign in]', link: { to: 'https://t.example/', deceptive: false } }] },
    ])
  })

  test('keeps line ends, cells apart and what is preformatted', async () => {
    const { blocks } = await readMail(
      htmlMail('a<br>\n b<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><pre>x\n  y</pre> &lt;z&gt; &amp;amp;'),
    )
    expect(textOf(blocks)).toEqual(['a\nb', '1 2', '3', 'x\n  y', '<z> &amp;'])
  })

  test('knows what is quoted, in HTML and in plain text', async () => {
    const html = await readMail(htmlMail('<p>new</p><blockquote>old<blockquote>older</blockquote>old again</blockquote>end'))
    expect(html.blocks.map(({ quoted, runs }) => [quoted, runs[0]?.text])).toEqual([
      [0, 'new'],
      [1, 'old'],
      [2, 'older'],
      [1, 'old again'],
      [0, 'end'],
    ])
    const plain = await readMail(mail([], 'new\nline\n\n> old\n> line\n>> older\nend\n'))
    expect(plain.blocks.map(({ quoted, runs }) => [quoted, runs[0]?.text])).toEqual([
      [0, 'new\nline'],
      [1, 'old\nline'],
      [2, 'older'],
      [0, 'end'],
    ])
    expect(plain.html).toBeNull()
  })

  test('is that of the HTML, which is what a mail client shows, and of the plain part when that says nothing', async () => {
    const both = (html: string) =>
      readMail(Buffer.from(multipart('alternative', 'b', ['Content-Type: text/plain\n\nplain', `Content-Type: text/html\n\n${html}`])))
    expect(textOf((await both('<p>formatted</p>')).blocks)).toEqual(['formatted'])
    expect(textOf((await both('<img src="http://t.example/1.png">')).blocks)).toEqual(['plain'])
  })

  test('names the real host of an address in plain text that only looks like another', async () => {
    const { blocks } = await readMail(
      mail(
        ['Content-Type: text/plain; charset=utf-8'],
        'https://bаnk.example/a https://bank.example@evil.example/b https://fine.example/c',
      ),
    )
    expect(blocks[0]?.runs).toEqual([
      { text: 'https://bаnk.example/a', link: { to: 'https://xn--bnk-6cd.example/a', deceptive: false } },
      { text: ' ' },
      { text: 'https://bank.example@evil.example/b', link: { to: 'https://evil.example/b', deceptive: true } },
      { text: ' https://fine.example/c' },
    ])
  })

  test('T38 is cut at its limit, and says so', async () => {
    const long = await readMail(mail(['Content-Type: text/plain'], '驿站 '.repeat(100_000)))
    expect(long.truncated).toBe(true)
    expect(textOf(long.blocks).join('').length).toBeLessThanOrEqual(LIMITS.text)
    const longer = await readMail(mail(['Content-Type: text/plain'], `${'x'.repeat(70)}\n`.repeat(60_000)))
    expect(longer.truncated).toBe(true)
    expect((await readMail(mail([], 'short'))).truncated).toBe(false)
  })

  test('T38 nests no deeper in the document than a browser likes', async () => {
    const { html, blocks } = await readMail(htmlMail(`${'<div>'.repeat(5_000)}x`))
    expect(html?.match(/<div>/g)).toHaveLength(100)
    expect(textOf(blocks)).toEqual(['x'])
  })

  test('T38 counts where links lead as text', async () => {
    const { truncated, blocks } = await readMail(
      htmlMail(Array.from({ length: 2_000 }, (_, n) => `<a href="https://t.example/${n}/${'x'.repeat(200)}">x</a>`).join('')),
    )
    expect(truncated).toBe(true)
    expect(blocks[0]?.runs.length).toBeLessThan(1_100)
  })
})

describe('Headers', () => {
  test('are decoded, on one line each', async () => {
    const preview = await readMail(
      mail(
        [
          'From: =?gb18030?B?0aexqLHgvK2yvw==?= <editor@ynwater-journal.example>',
          'To: "Lin, Yue" <lin.yue@yunling.example>, team: a@yunling.example, b@yunling.example;',
          'Subject: =?utf-8?Q?=E7=A8=BF=E4=BB=B6?=\r\n =?utf-8?Q?=0D=0A1187?=',
          'Date: Mon, 23 Nov 2026 09:41:07 +0800',
        ],
        'x',
      ),
    )
    expect(preview).toMatchObject({
      from: '学报编辑部 <editor@ynwater-journal.example>',
      to: 'Lin, Yue <lin.yue@yunling.example>, team: a@yunling.example, b@yunling.example;',
      subject: '稿件 1187',
      date: new Date('2026-11-23T01:41:07Z'),
    })
  })

  test('that are not there are empty, and a date that is none is null', async () => {
    expect(await readMail(mail(['Date: yesterday'], ''))).toMatchObject({
      subject: '',
      from: '',
      to: '',
      date: null,
      blocks: [],
      html: null,
    })
  })

  test('T35 do not reorder what stands beside them', async () => {
    const { subject, attachments } = await readMail(
      mail(
        ['Subject: =?utf-8?B?4oCuYeKAqGLigadjAA==?=', 'Content-Type: application/pdf; name="=?utf-8?B?aW52b2ljZeKArmZkcC5leGU=?="'],
        'x',
      ),
    )
    expect(subject).toBe('a bc')
    expect(attachments[0]?.name).toBe('invoicefdp.exe')
  })

  test('keep the address in sight behind a long name, and the ending of a long file name', async () => {
    const { from, attachments } = await readMail(
      mail(
        [
          `From: "${'ceo@bank.example '.repeat(50)}" <x@evil.example>`,
          `Content-Disposition: attachment; filename="${'a'.repeat(5_000)}.pdf.exe"`,
        ],
        'x',
      ),
    )
    expect(from).toMatch(/… <x@evil\.example>$/)
    expect(attachments[0]?.name).toMatch(/^a{99}…a{12}\.pdf\.exe$/)
  })
})

describe('A charset', () => {
  const 你好 = '你好，驿站的邮件'
  const gb = bytes('c4e3bac3a3ac', 'e6e4d5beb5c4d3cabcfe')
  const cases: [name: string, headers: string[], body: Uint8Array | string, text: string][] = [
    ['GB 2312 as it says', ['Content-Type: text/plain; charset=gb2312'], gb, 你好],
    ['GB 18030 that says nothing', [], gb, 你好],
    ['GB 18030 that says UTF-8', ['Content-Type: text/plain; charset="UTF-8"; format=fixed'], gb, 你好],
    [
      'GB 18030 that says US-ASCII, in base64',
      ['Content-Type: text/plain;\r\n charset=us-ascii', 'Content-Transfer-Encoding: base64'],
      base64(gb),
      你好,
    ],
    [
      'GB 18030 in quoted-printable, named by the document alone',
      ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable'],
      '<meta charset=3D"gb2312"><p>=C4=E3=\r\n=BA=C3</p>',
      '你好',
    ],
    ['UTF-8 that says GB 2312', ['Content-Type: text/plain; charset=gb2312'], 你好, 你好],
    ['UTF-8 that says ISO 8859-1', ['Content-Type: text/plain; charset=iso-8859-1'], 'Größe', 'Größe'],
    ['Latin letters that say nothing', [], bytes('4d', 'fc', '6c6c6572'), 'Müller'],
    ['Big5', ['Content-Type: text/plain; charset=big5'], bytes('a741a66e'), '你好'],
    ['Shift_JIS by the name of its code page', ['Content-Type: text/plain; charset=cp932'], bytes('93fa967b'), '日本'],
    ['EUC-KR', ['Content-Type: text/plain; charset=euc-kr'], bytes('c7d1b1b9'), '한국'],
    ['ISO-2022-JP', ['Content-Type: text/plain; charset=iso-2022-jp'], '\u001b$BF|K\\\u001b(B', '日本'],
    ['Windows-1251', ['Content-Type: text/plain; charset=windows-1251'], bytes('cff0e8e2e5f2'), 'Привет'],
    [
      'UTF-16 with its mark',
      ['Content-Type: text/plain; charset=utf-16', 'Content-Transfer-Encoding: base64'],
      base64(bytes('feff4f60597d')),
      '你好',
    ],
    ['one that nobody knows', ['Content-Type: text/plain; charset=klingon'], 'plain', 'plain'],
    ['UTF-7, which is not decoded', ['Content-Type: text/html; charset=utf-7'], '+ADw-script+AD4-', '+ADw-script+AD4-'],
  ]
  test.each(cases)('is found: %s', async (_, headers, body, text) => {
    expect(textOf((await readMail(mail(headers, body))).blocks)).toEqual([text])
  })

  test('is found in raw headers too', async () => {
    const raw = Buffer.concat([Buffer.from('Subject: '), gb, Buffer.from('\r\n\r\nx')])
    expect((await readMail(raw)).subject).toBe(你好)
    expect((await readMail(mail([`Subject: ${你好}`], 'x'))).subject).toBe(你好)
  })
})

describe('T37 pictures', () => {
  const withPicture = (html: string, type: string, picture: Uint8Array) =>
    readMail(
      Buffer.from(
        multipart('related', 'b', [
          `Content-Type: text/html\n\n${html}`,
          `Content-Type: ${type}\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\n${base64(picture)}`,
        ]),
      ),
    )

  test('inside the mail stand inside the document, by what they are and not by what they say', async () => {
    const { html, imagesNotLoaded, attachments } = await withPicture('<img src="cid:logo%40x" width=9 alt=Logo>', 'text/x-odd', PNG)
    expect(html).toContain(`<img src="data:image/png;base64,${base64(PNG)}" alt="Logo" width="9" />`)
    expect(imagesNotLoaded).toBe(0)
    expect(attachments).toEqual([{ name: '', type: 'text/x-odd', size: PNG.length }])
  })

  test.each([
    ['markup', Buffer.from('<svg onload=alert(1)>')],
    ['too many pixels', HUGE],
    ['too many octets', Buffer.concat([PNG, Buffer.alloc(LIMITS.image)])],
  ])('that are %s do not', async (_, picture) => {
    const { html, imagesNotLoaded } = await withPicture('<img src="cid:logo@x" alt="Logo">', 'image/png', picture)
    expect(html).toContain('<img alt="[□ Logo]" />')
    expect(imagesNotLoaded).toBe(1)
  })

  test('are as many as the limit of all lets in', async () => {
    const picture = Buffer.concat([PNG, Buffer.alloc(900_000)])
    const { imagesNotLoaded } = await withPicture('<img src="cid:logo@x">'.repeat(6), 'image/png', picture)
    expect(imagesNotLoaded).toBe(2)
  })
})
