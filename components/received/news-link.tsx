'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import type { Query } from './place.ts'
import { useNews } from './use-received.ts'

/** An older page stays as it is; what came since is on the first. */
export function NewsLink({ query, onShow }: { query: Query; onShow: () => void }) {
  const t = useTranslations('received.live')
  const news = useNews(query)
  return (
    <span role="status" className="ml-auto">
      {news && (
        <Button kind="quiet" size="sm" onClick={onShow}>
          {t('news')}
        </Button>
      )}
    </span>
  )
}
