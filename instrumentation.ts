/** A portal with wrong settings says so at once, not at the first request; it begins with what the site has set over them. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { env } = await import('#lib/platform/env.ts')
  env()
  const [{ resources }, { followSiteSettings }] = await Promise.all([
    import('#lib/platform/context.ts'),
    import('#lib/platform/site-settings.ts'),
  ])
  await followSiteSettings(resources().db)
}
