import type { PreviewRefusal } from '../preview.ts'
import { HORROR_MARKUP } from './horror-markup.ts'

export interface Horror {
  name: string
  raw: Buffer
  /** Undefined: there is a preview. */
  refusal?: PreviewRefusal
}

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')

/** Headers as lines, then the body as octets. */
export const mail = (headers: string[], body: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n\r\n`), Buffer.from(typeof body === 'string' ? crlf(body) : body)])

const encodedLines = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n')

export const htmlMail = (html: string, headers: string[] = []): Buffer =>
  mail(
    ['From: mallory@evil.example', 'Subject: x', ...headers, 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64'],
    encodedLines(Buffer.from(html)),
  )

export const multipart = (type: string, boundary: string, parts: string[]): string =>
  `Content-Type: multipart/${type}; boundary="${boundary}"\n\n${parts.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`

const nested = (depth: number): string =>
  depth === 0 ? 'Content-Type: text/plain\n\ninside' : multipart('mixed', `b${depth}`, [nested(depth - 1)])

const many = (count: number) =>
  multipart(
    'mixed',
    'b',
    Array.from({ length: count }, (_, n) => `Content-Type: text/plain; name=${n}.txt\nContent-Disposition: attachment\n\n${n}`),
  )

const attachment = (header: string) =>
  multipart('mixed', 'b', ['\nx', `Content-Type: application/pdf\n${header}\nContent-Transfer-Encoding: base64\n\nAAAA`])

const MARKUP_EVERYWHERE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'

const STRUCTURE: [name: string, raw: string | Buffer, refusal?: PreviewRefusal][] = [
  ['nothing', ''],
  ['one line end', '\n'],
  ['a hundred parts within parts', nested(100), 'too_deep'],
  ['ten parts within parts', nested(10)],
  ['a thousand parts', many(1_000), 'too_many_parts'],
  ['two million parts', `${multipart('mixed', 'b', []).slice(0, 45)}\n\n${'--b\n\n\n'.repeat(2_000_000)}`, 'too_many_parts'],
  ['150 attachments', many(150)],
  ['a multipart without a boundary', 'Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nx\n--x--'],
  ['a boundary that nobody closes', 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>open<script>alert(1)'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=b\n\nx\n--c\n\nx'],
  ['one boundary for all', multipart('mixed', 'b', [multipart('mixed', 'b', [multipart('mixed', 'b', ['\nx'])])])],
  ['a boundary of 100 KB', multipart('mixed', 'b'.repeat(100_000), ['\nx'])],
  ['lines that are nearly boundaries', multipart('mixed', '-', [`\n${'--\n'.repeat(50_000)}`])],
  ['a closing before any opening', 'Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\n\nx'],
  ['30 MB', Buffer.alloc(30_000_000, 'x\r\n'), 'too_large'],
  ['a header of 5 MB', `Subject: ${'x'.repeat(5_000_000)}\n\nx`, 'too_large'],
  ['100,000 header lines', `${Array.from({ length: 100_000 }, (_, n) => `X-${n}: x`).join('\n')}\n\nx`, 'too_large'],
  ['50,000 folded lines', `Subject: a\n${' b\n'.repeat(50_000)}\nx`],
  ['50,000 recipients', `To: ${'a@b.example, '.repeat(50_000)}\n\nx`],
  ['a header that is nothing but brackets', `To: ${'('.repeat(200_000)}\nFrom: ${'<'.repeat(200_000)}\n\nx`],
  ['quoted-printable without end', `Content-Transfer-Encoding: quoted-printable\n\n${'=3D=\n'.repeat(300_000)}=ZZ=4=`],
  ['base64 that is broken', 'Content-Transfer-Encoding: base64\n\nSGVs*bG8=\n====\nd29ybGQ\n!!!'],
  ['an unknown transfer encoding', 'Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#86)C\n`\nend'],
  ['mails within mails', 'Content-Type: message/rfc822\n\n'.repeat(2_000)],
  ['lines without end', `Content-Type: text/plain\n\n${'x'.repeat(3_000_000)}`],
  ['white space without end', `Content-Type: text/plain\n\n${' \t'.repeat(1_500_000)}x`],
  ['white space before a name', htmlMail(`<pre>${' '.repeat(190_000)}x</pre>`)],
  ['a name that runs backwards', attachment('Content-Disposition: attachment; filename="=?utf-8?B?aW52b2ljZeKArmZkcC5leGU=?="')],
  ['a name with markup', attachment(`Content-Disposition: attachment; filename="${MARKUP_EVERYWHERE.replaceAll('"', '\\"')}"`)],
  ['a name in pieces', attachment("Content-Disposition: attachment; filename*0*=utf-8''%E4%BF%AE; filename*1*=%E6%94%B9.pdf")],
  ['a name of 100 KB', attachment(`Content-Disposition: attachment; filename="${'x'.repeat(100_000)}.pdf.exe"`)],
  [
    'markup in every header',
    `From: "${MARKUP_EVERYWHERE}" <x@evil.example>\nTo: ${MARKUP_EVERYWHERE}\nSubject: ${MARKUP_EVERYWHERE}\nDate: ${MARKUP_EVERYWHERE}\nContent-Type: text/html; charset="${MARKUP_EVERYWHERE}"\nContent-ID: ${MARKUP_EVERYWHERE}\n\n<p>x`,
  ],
  ['a subject that runs backwards', 'Subject: =?utf-8?Q?a=E2=80=AEb=E2=80=A8c=00d=1B[31m?=\n\nx'],
  ['encoded words without end', `Subject: ${'=?utf-8?Q?=41?= '.repeat(20_000)}\n\nx`],
  [
    'parameters named like properties',
    'Content-Type: text/html; __proto__=x; constructor=y; charset=utf-8\nContent-Disposition: inline; toString=z\n\n<p>x',
  ],
  ['UTF-7', mail(['Content-Type: text/html; charset=utf-7'], '+ADw-script+AD4-alert(1)+ADw-/script+AD4-')],
  ['UTF-7 that only the document names', htmlMail('<meta charset="utf-7">+ADw-script+AD4-alert(1)+ADw-/script+AD4-')],
  [
    'ISO-2022-JP that hides a tag',
    mail(['Content-Type: text/html; charset=iso-2022-jp'], '<p title="\u001b$B">\u001b(B<img src=x onerror=alert(1)>">x'),
  ],
  [
    'UTF-16 with markup',
    mail(
      ['Content-Type: text/html; charset=utf-16le', 'Content-Transfer-Encoding: base64'],
      encodedLines(Buffer.from('<script>alert(1)</script><p>x', 'utf16le')),
    ),
  ],
]

/** Mails that somebody would send to break the preview. */
export const horrors = (): Horror[] => [
  ...STRUCTURE.map(([name, raw, refusal]) => ({ name, raw: typeof raw === 'string' ? Buffer.from(crlf(raw)) : raw, refusal })),
  ...Object.entries(HORROR_MARKUP).map(([name, html]) => ({ name, raw: htmlMail(html) })),
]
