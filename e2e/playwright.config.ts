import { defineConfig, devices } from '@playwright/test'

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 860 } }
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } }
const zh = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
const en = { locale: 'en-GB', timezoneId: 'Asia/Shanghai' }

/** In both languages and both widths, for one list stands for all; the rest in Chinese on a desktop and in English on a phone. */
const EVERY_VIEW = ['overview.spec.ts', 'sender-lists.spec.ts']
/** The same on every screen. */
const ONCE = ['budget.spec.ts', 'routes.spec.ts', 'safe-preview.spec.ts', 'sso-live/*.spec.ts']

const real = process.env.E2E_MAIL === 'real'
const embedded = !real && !process.env.E2E_DIRECTORY
/** What does not touch the mail system is proved with the embedded one alone. */
const APART = ['activity', 'audit', 'dashboard', 'helpdesk', 'phone', 'settings', 'sso', 'tokens', 'webhooks'].map(
  (name) => `${name}.spec.ts`,
)
const ELSEWHERE = real ? [...APART, ...ONCE] : []

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  testIgnore: ELSEWHERE,
  // The embedded one judges no junk and has no mail sessions.
  grepInvert: real ? [] : /@real/,
  // Another directory is tried where it makes a difference.
  grep: process.env.E2E_DIRECTORY ? /@directory/ : /./,
  outputDir: '../test-results',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 2,
  // The second try records what happens, and tells a race from a break; `npm test` names the races, and fails where they are many.
  retries: 1,
  fullyParallel: true,
  forbidOnly: true,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: process.env.E2E_URL,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'desktop-zh', use: { ...desktop, ...zh }, testIgnore: [...ELSEWHERE, ...ONCE] },
    // The screens are the same whatever stands behind them: other languages and widths are seen with the embedded house.
    ...(embedded
      ? [
          { name: 'phone-en', use: { ...phone, ...en }, testIgnore: ONCE },
          { name: 'desktop-en', use: { ...desktop, ...en }, testMatch: [...EVERY_VIEW, ...ONCE] },
          { name: 'phone-zh', use: { ...phone, ...zh }, testMatch: EVERY_VIEW },
        ]
      : []),
  ],
})
