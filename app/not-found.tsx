import { NoSuchPage } from '#components/shell/no-such-page.tsx'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { getSite } from '#lib/platform/i18n/server.ts'

export default async function NotFound() {
  return (
    <PublicShell site={await getSite()}>
      <NoSuchPage />
    </PublicShell>
  )
}
