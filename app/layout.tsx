import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { isTheme, THEME_COOKIE } from '#lib/platform/i18n/locale.ts'
import { getLocale, getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell')
  return {
    title: { default: t('brand'), template: `%s · ${t('brand')}` },
    description: (await getSite()).name,
    robots: { index: false },
    // Numbers in the text are codes and counts, not telephones.
    formatDetection: { telephone: false },
  }
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(THEME_COOKIE)?.value
  return (
    <html lang={await getLocale()} data-theme={isTheme(theme) ? theme : undefined}>
      <body>{children}</body>
    </html>
  )
}
