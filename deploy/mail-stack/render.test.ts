import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, fill, render } from './render.ts'

const FOLDERS = ['dovecot', 'openldap', 'postfix', 'redis', 'rspamd'] as const
const here = new URL('../', import.meta.url)

test('Every word between @ signs gets its value, also behind another @', () => {
  expect(fill('postmaster@@DOMAIN@ on @POP3_PORT@, someone@example', { DOMAIN: 'x.example', POP3_PORT: 110 })).toBe(
    'postmaster@x.example on 110, someone@example',
  )
})

test('A word without a value is an error, not an empty setting', () => {
  expect(() => fill('auth = @NOBODY@', {})).toThrow('NOBODY')
})

test('A value is taken as it is', () => {
  expect(fill('@A@', { A: '$& @B@' })).toBe('$& @B@')
})

test('The administrator’s guide explains every word of the configuration', () => {
  const guide = readFileSync(new URL('README.md', here), 'utf8')
  for (const folder of FOLDERS) {
    for (const name of filesBelow(new URL(folder, here).pathname)) {
      const text = readFileSync(new URL(`${folder}/${name}`, here), 'utf8')
      for (const [, word] of text.matchAll(/@([A-Z][A-Z0-9_]*)@/g)) expect(guide, `${folder}/${name}`).toContain(`\`${word}\``)
    }
  }
})

test('Rendering says whether something changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'render-'))
  const values = new Proxy({}, { get: () => 'x' })
  expect(render('postfix', folder, values, writeFileSync)).toBe(true)
  expect(render('postfix', folder, values, writeFileSync)).toBe(false)
  rmSync(folder, { recursive: true })
})
