import { useTranslations } from 'next-intl'
import { CheckList } from '#components/ui/check-list.tsx'
import type { Proof } from '#lib/features/reset/schema.ts'

/** What was proved, where the site asks for two. */
export function Proved({ proofs }: { proofs: Proof[] }) {
  const t = useTranslations('reset.code.second')
  return (
    <div className="my-3">
      <CheckList items={proofs.map((proof) => ({ key: proof, text: t(proof), state: 'met' }))} />
      <p className="mt-2">{t('needed')}</p>
    </div>
  )
}
