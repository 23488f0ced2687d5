import { useTranslations } from 'next-intl'
import { Seal } from '#components/ui/seal.tsx'

/** Seal, product, organisation. A plain link: it also stands on pages that carry no script of their own. */
export function Brand({ href, site, sealClass }: { href: string; site: string; sealClass?: string }) {
  const t = useTranslations('shell')
  return (
    <a className="ui-brand" href={href}>
      <Seal className={sealClass} />
      <span>
        <b>{t('brand')}</b>
        <small>{site}</small>
      </span>
    </a>
  )
}
