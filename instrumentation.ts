/** A portal with wrong settings says so at once, not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { env } = await import('#lib/platform/env.ts')
  env()
}
