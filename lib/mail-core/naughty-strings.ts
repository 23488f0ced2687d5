import { existsSync, readFileSync } from 'node:fs'

const BIG_LIST = new URL('../../../shared/corpora/text/blns.json', import.meta.url)

/** What injects into LDAP filters and names, SQL, IMAP and SMTP lines, and Dovecot's variables. */
const OWN = [
  '*',
  '*)(uid=*',
  '*)(|(mail=*',
  'admin)(&)',
  '\\2a',
  '\\',
  'uid=admin,dc=example',
  '" OR ""="',
  "' OR '1'='1",
  "'; DROP TABLE app_passwords; --",
  '%u',
  '%{password}',
  '%{if;1;==;1;x;y}',
  'a@b.example*portal',
  '*portal',
  '../../../etc/passwd',
  'a@b.example\u0000c',
  'a\r\nb1 LOGIN x y',
  'a\r\nRSET',
  '\t\t',
  '{5+}',
  'a"b',
  '用户@云岭.example',
  '‮nosrever',
  'ｌｉｎ',
  'x'.repeat(5_000),
]

/** Test data for T28. The big list (MIT, Max Woolf) lies beside the project on some machines. */
export function naughtyStrings(): string[] {
  if (!existsSync(BIG_LIST)) {
    console.warn('The big list of naughty strings is not here: only the short list is tried.')
    return OWN
  }
  return [...OWN, ...(JSON.parse(readFileSync(BIG_LIST, 'utf8')) as string[])]
}
