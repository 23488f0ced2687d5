import { type NextRequest, NextResponse } from 'next/server.js'
import { env } from '#lib/platform/env.ts'
import { isLocale, isTheme, LOCALE_COOKIE, THEME_COOKIE } from '#lib/platform/i18n/locale.ts'
import { isOwnOrigin } from '#lib/platform/request.ts'

const YEAR = 31_536_000

/** Back to the page the form stood on, when it is one of ours; a Referer is never followed to another site. */
function pageBefore(request: NextRequest): string {
  const referer = URL.parse(request.headers.get('referer') ?? '')
  return referer?.origin === new URL(env().PUBLIC_URL).origin ? `${referer.pathname}${referer.search}` : '/'
}

/** Language and theme. It needs no session: both are cookies of this browser and say nothing about a person. */
export async function POST(request: NextRequest) {
  if (!isOwnOrigin(request.headers)) return new NextResponse(null, { status: 403 })
  const form = await request.formData()
  const response = new NextResponse(null, {
    status: 303,
    headers: { location: new URL(pageBefore(request), env().PUBLIC_URL).href },
  })
  const keep = {
    path: '/',
    maxAge: YEAR,
    sameSite: 'lax',
    secure: env().PUBLIC_URL.startsWith('https:'),
  } as const
  const locale = form.get('locale')
  const theme = form.get('theme')
  if (isLocale(locale)) response.cookies.set(LOCALE_COOKIE, locale, keep)
  if (isTheme(theme)) response.cookies.set(THEME_COOKIE, theme, keep)
  return response
}
