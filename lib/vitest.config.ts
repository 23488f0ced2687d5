import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

export default defineConfig({
  root,
  test: {
    // Of its own accord one core is left idle; of two that is half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // Half the time: files share a process, and settings.ts gives each its own environment and modules.
          isolate: false,
          root,
          include: ['{app,components,db,deploy,lib}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.live.test.ts', '**/node_modules/**', '.next/**'],
          globalSetup: ['deploy/local/test-postgres.ts'],
          setupFiles: ['lib/platform/testing/settings.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'live',
          root,
          include: ['{deploy,lib}/**/*.live.test.ts'],
          globalSetup: ['deploy/local/test-postgres.ts', 'deploy/mail-stack-test-setup.ts'],
          setupFiles: ['lib/platform/testing/settings.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
