import { naughtyStrings as namedByMailCore } from '#lib/mail-core/naughty-strings.ts'

const OWN = [
  "'; drop table sessions; --",
  "' or '1'='1",
  '$(reboot)',
  '`id`',
  '$' + '{7*7}',
  '{{7*7}}',
  '%s%n%x',
  '\\',
  "\\'; select pg_sleep(9); --",
  '*)(uid=*))(|(uid=*',
  'cn=admin,dc=yunling,dc=example',
  'a\r\nBcc: everybody@yunling.example',
  'a\nSubject: forged',
  'a\u0000b',
  '\u0000',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '=cmd|/c calc!A1',
  '@SUM(1)',
  '\u202egnp.exe',
  '\ufeffname',
  'e\u0301'.repeat(20),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'Ａｄｍｉｎ',
  'аdmin@yunling.example',
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '9007199254740993',
  '{"$ne":null}',
  '[object Object]',
  'x'.repeat(300),
]

/** All of ours and one in fifteen of the rest, where each costs a journey through the database and the jobs. */
export const fewerOf = (strings: string[]): string[] => strings.filter((_, n) => n < OWN.length || n % 15 === 0)

/** Strings that have broken programs. */
export const naughtyStrings = (): string[] => [...OWN, ...namedByMailCore()]

/** What is none of the types that a field may have. */
export const WRONG_VALUES: [what: string, value: unknown][] = [
  ['an array', []],
  ['an array of one', ['x']],
  ['an array of numbers', [7]],
  ['an object', {}],
  ['an object with a method', { toString: () => 'lin@yunling.example' }],
  ['an operator', { $ne: null }],
  ['null', null],
  ['nothing', ''],
  ['a number', 7],
  ['a negative number', -1],
  ['not a number', Number.NaN],
  ['true', true],
  ['a date', new Date(0)],
  ['10 MB', 'x'.repeat(10_000_000)],
  ['NUL', '\u0000'],
  ['NUL inside', 'lin\u0000@yunling.example'],
]
