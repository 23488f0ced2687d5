import { Fragment } from 'react'
import type { HelpArticle } from '#lib/features/help/schema.ts'

type Block = HelpArticle['blocks'][number]
type Part = Extract<Block, { kind: 'paragraph' }>['parts'][number]

/** The words of an article. They come as text and are set as text: no markup of theirs reaches the page. */
export function ArticleBody({ blocks }: { blocks: Block[] }) {
  return (
    <div className="grid max-w-measure gap-3">
      {blocks.map((block, place) => (
        <One key={place} block={block} />
      ))}
    </div>
  )
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2 id={block.id} className="mt-4">
          {block.text}
        </h2>
      )
    case 'paragraph':
      return (
        <p>
          <Words parts={block.parts} />
        </p>
      )
    case 'list': {
      const items = block.items.map((parts, place) => (
        <li key={place} className="pl-1">
          <Words parts={parts} />
        </li>
      ))
      const look = 'grid gap-1.5 pl-6 marker:text-ink-3'
      if (block.start === null) return <ul className={`list-disc ${look}`}>{items}</ul>
      return (
        <ol start={block.start} className={`list-decimal ${look}`}>
          {items}
        </ol>
      )
    }
  }
}

function Words({ parts }: { parts: Part[] }) {
  return parts.map(({ text, strong, code, href }, place) => {
    const words = code ? <code>{text}</code> : strong ? <b>{text}</b> : text
    return href ? (
      <a key={place} href={href}>
        {words}
      </a>
    ) : (
      <Fragment key={place}>{words}</Fragment>
    )
  })
}
