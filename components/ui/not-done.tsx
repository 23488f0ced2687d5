import CircleX from 'lucide-react/icons/circle-x'
import type { ReactNode } from 'react'
import { BannerBox, STOP_LOOK } from './banner-box.tsx'
import { Focused } from './focused.tsx'

interface Props {
  title: string
  sentence: string
  /** The number by which the helpdesk finds it; empty where there is none. */
  reference: string
  /** Label of the reference. */
  label: string
  /** What next. */
  children?: ReactNode
}

/** A form was refused, on a page that carries no formatter. It takes the focus: render it anew (`key`) for each refusal. */
export function NotDone({ title, sentence, reference, label, children }: Props) {
  return (
    <Focused className="my-4">
      <BannerBox look={STOP_LOOK} icon={<CircleX />} role="alert" title={title}>
        <p>{sentence}</p>
        {children}
        {reference && (
          <p>
            {label} <code>{reference}</code>
          </p>
        )}
      </BannerBox>
    </Focused>
  )
}
