'use client'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode, useEffect, useRef } from 'react'
import { Banner } from './banner.tsx'
import { Reference } from './reference.tsx'

interface Props {
  /** What happened. Without it: how many things to fix. */
  title?: ReactNode
  /** The fields to fix: the `id` of each and its label. */
  fields?: { id: string; label: ReactNode }[]
  reference?: string
  /** What became of it, and what next. */
  children?: ReactNode
}

/** Stands above a form that was refused and takes the focus. Render it anew (`key`) for each refusal. */
export function FormError({ title, fields = [], reference, children }: Props) {
  const t = useTranslations('common')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1}>
      <Banner kind="stop" role="alert" icon={<CircleAlert />} title={title ?? t('toFix', { count: fields.length })}>
        {children}
        {fields.length > 0 && (
          <p>
            {fields.map(({ id, label }, index) => (
              <Fragment key={id}>
                {index > 0 && ' · '}
                <a href={`#${id}`}>{label}</a>
              </Fragment>
            ))}
          </p>
        )}
        {reference && (
          <p className="mt-1.5">
            <Reference value={reference} wrong />
          </p>
        )}
      </Banner>
    </div>
  )
}
