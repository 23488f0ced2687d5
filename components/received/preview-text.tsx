import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Preview } from '#lib/features/received/schema.ts'

type Block = Preview['blocks'][number]
type Run = Block['runs'][number]

/** The text as text nodes (T35). */
export function PreviewText({ preview: { blocks, imagesNotLoaded, truncated } }: { preview: Preview }) {
  const t = useTranslations('received.preview')
  if (blocks.length === 0 && imagesNotLoaded === 0) return <p className="text-ink-2 text-sm">{t('empty')}</p>
  return (
    <div className="ui-preview" dir="auto">
      {blocks.map((block, at) => (
        <Quoted key={at} depth={block.quoted}>
          <Text block={block} />
        </Quoted>
      ))}
      {imagesNotLoaded > 0 && <p className="text-ink-3">{t('images', { count: imagesNotLoaded })}</p>}
      {truncated && <p className="text-ink-3">{t('truncated')}</p>}
    </div>
  )
}

/** Deeper than this, a column of lines would be all that is left. */
const DEEPEST = 3

function Quoted({ depth, children }: { depth: number; children: ReactNode }) {
  if (depth <= 0) return children
  return (
    <blockquote>
      <Quoted depth={Math.min(depth, DEEPEST) - 1}>{children}</Quoted>
    </blockquote>
  )
}

function Text({ block: { kind, runs } }: { block: Block }) {
  const t = useTranslations('received.preview')
  const words = runs.map((run, at) => <Words key={at} run={run} />)
  const warning = runs.some(({ link }) => link?.deceptive) && <span className="block font-semibold text-stop">{t('deceptive')}</span>
  const heading = kind === 'heading'
  return (
    <p className={heading ? 'font-semibold' : undefined}>
      {kind === 'item' && '· '}
      {words}
      {warning}
    </p>
  )
}

/** A link shows where it leads, and leads nowhere. */
function Words({ run: { text, link } }: { run: Run }) {
  const t = useTranslations('received.preview')
  if (!link) return text
  const shown = text.trim() || t('picture')
  return <code>{shown === link.to ? link.to : `${shown} → ${link.to}`}</code>
}
