import type { Metadata } from 'next'
import { UndoChange } from '#components/link/undo-change.tsx'
import { loadCancelLink } from '#lib/features/phone/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { undoChange } from './undo-change.ts'

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('link'))('title'),
    robots: { index: false, follow: false },
    // Nobody is told this address, which is a secret. Not `no-referrer`: with it browsers post forms with `Origin: null`,
    // and the cancellation would be refused as foreign (T21).
    referrer: 'strict-origin',
  }
}

interface Props {
  params: Promise<{ token: string }>
}

/** Opening a link changes nothing (T39): mail scanners open them too. */
export default async function LinkPage({ params }: Props) {
  const { token } = await params
  const [result, site] = await Promise.all([loadCancelLink(token), getSite()])
  const refused = result.ok ? null : { code: result.code, reference: result.reference }
  return (
    <ClientMessages namespaces={['link']}>
      <UndoChange undo={undoChange.bind(null, token)} hotline={site.hotline} refused={refused} />
    </ClientMessages>
  )
}
