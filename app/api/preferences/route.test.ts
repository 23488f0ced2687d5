import { NextRequest } from 'next/server.js'
import { describe, expect, test } from 'vitest'
import { env } from '#lib/platform/env.ts'
import { POST } from './route.ts'

const site = env().PUBLIC_URL

function choose(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields)
  return POST(
    new NextRequest(`${site}/api/preferences`, {
      method: 'POST',
      body,
      headers: { origin: site, referer: `${site}/phone?step=2`, ...headers },
    }),
  )
}

test('a choice is kept for a year and the person stays where they were', async () => {
  const response = await choose({ locale: 'en', theme: 'dark' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(`${site}/phone?step=2`)
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^locale=en; Path=\/; .*Max-Age=31536000; SameSite=lax$/),
    expect.stringMatching(/^theme=dark; Path=\/; .*Max-Age=31536000; SameSite=lax$/),
  ])
})

test.each([
  ['de', 'sepia'],
  ['en; Path=/; HttpOnly', 'dark\r\nx: y'],
  ['', ''],
])('what is not on offer sets nothing: %j, %j', async (locale, theme) => {
  expect((await choose({ locale, theme })).headers.getSetCookie()).toEqual([])
})

describe('T21', () => {
  test.each(['https://attacker.example', 'null', `${site}.attacker.example`])('a form on %s is refused', async (origin) => {
    const response = await choose({ theme: 'dark' }, { origin })
    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

test.each(['https://attacker.example/phone', '//attacker.example', 'javascript:alert(1)', '', 'nonsense'])(
  'a Referer of %j leads to the front page',
  async (referer) => {
    expect((await choose({ theme: 'dark' }, { referer })).headers.get('location')).toBe(`${site}/`)
  },
)

test('T7 a foreign Host does not change where it leads', async () => {
  const response = await choose({ theme: 'dark' }, { host: 'attacker.example', 'x-forwarded-host': 'attacker.example' })
  expect(response.headers.get('location')).toBe(`${site}/phone?step=2`)
})
