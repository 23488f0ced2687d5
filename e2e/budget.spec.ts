import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './fixtures.ts'
import { newPerson } from './house.ts'

const PORTAL_KB = 180
const PUBLIC_KB = 140

/** All script that the page's HTML names, as it travels. */
async function firstLoad(page: Page, path: string): Promise<number> {
  const html = await (await page.request.get(path)).text()
  const sources = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, source]) => source as string)
  let bytes = 0
  for (const source of new Set(sources)) bytes += gzipSync(await (await page.request.get(source)).body()).length
  return bytes / 1024
}

test.describe('What a page weighs', () => {
  test('A public page loads at most 140 KB of script', async ({ page }) => {
    for (const path of ['/sign-in', '/signed-out', '/reset', '/help', '/help/sign-in', `/link/${'x'.repeat(43)}`]) {
      const size = await firstLoad(page, path)
      expect(size, path).toBeGreaterThan(0)
      expect(size, path).toBeLessThanOrEqual(PUBLIC_KB)
    }
  })

  test('A page of staff loads at most 180 KB of script', async ({ page }) => {
    await signIn(page, await newPerson(['members', 'helpdesk', 'mail-audit', 'mail-admins']))
    const settings = ['', '/contacts', '/announcements', '/roles'].map((path) => `/desk/settings${path}`)
    const pages = ['helpdesk', 'requests', 'dashboard', 'audit', 'tokens', 'webhooks'].map((name) => `/desk/${name}`)
    for (const path of [...pages, ...settings]) expect(await firstLoad(page, path), path).toBeLessThanOrEqual(PORTAL_KB)
  })

  test('A portal page loads at most 180 KB of script', async ({ page, person }) => {
    await signIn(page, person)
    for (const path of [
      '/overview',
      '/password',
      '/phone',
      '/app-passwords',
      '/client-setup',
      '/activity',
      '/sso',
      '/received',
      '/sender-lists',
      '/restore',
      '/sent',
      '/digest',
      '/contacts',
      '/contacts/duplicates',
      '/contacts/import',
      '/help',
      '/help/sign-in',
    ]) {
      const size = await firstLoad(page, path)
      expect(size, path).toBeGreaterThan(0)
      expect(size, path).toBeLessThanOrEqual(PORTAL_KB)
    }
  })
})
