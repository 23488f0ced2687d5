import Unplug from 'lucide-react/icons/unplug'
import { headers } from 'next/headers'
import { getTranslations, refusalWords } from '#lib/platform/i18n/server.ts'
import type { Result } from '#lib/platform/operation.ts'
import { ButtonLink } from './button-link.tsx'
import { Empty } from './empty.tsx'
import { PageHead } from './page-head.tsx'
import { Reference } from './reference.tsx'

interface Props {
  title: string
  /** The page itself, to try again. */
  href: string
  refusal: Extract<Result<unknown>, { ok: false }>
  /** For staff at the desk. */
  onBehalf?: true
}

/** In place of a page whose data could not be read. */
export async function NotOpened({ title, href, refusal: { code, reference, values }, onBehalf }: Props) {
  const [sentence, words, sent] = await Promise.all([refusalWords(onBehalf), getTranslations('crash'), headers()])
  const number = reference || sent.get('x-request-id')
  return (
    <>
      <PageHead title={title} />
      <Empty icon={<Unplug />} title={words('title')} action={<ButtonLink href={href}>{words('retry')}</ButtonLink>}>
        {sentence(code, values)}
      </Empty>
      {number && (
        <p className="text-ink-3 text-sm">
          <Reference value={number} wrong />
        </p>
      )}
    </>
  )
}
