import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import type { ReactNode } from 'react'

export interface CheckItem {
  key: string
  text: ReactNode
  /** `open`: not yet; `bad`: it stands in the way. */
  state: 'met' | 'open' | 'bad'
}

const LOOKS = {
  met: { icon: <Check />, text: 'text-ink', mark: '[&>.lucide]:text-ink-2' },
  open: { icon: <CircleDashed />, text: 'text-ink-2', mark: '[&>.lucide]:text-ink-3' },
  bad: { icon: <CircleAlert />, text: 'text-stop', mark: '' },
}

interface Props {
  id?: string
  label?: string
  items: CheckItem[]
  /** What a screen reader says before each item; a receipt, where all is done, needs none. */
  said?: { met: string; open: string }
}

/** What has to be so, and what of it is. */
export function CheckList({ id, label, items, said }: Props) {
  return (
    <ul id={id} aria-label={label} className="text-sm leading-6">
      {items.map(({ key, text, state }) => (
        <li key={key} className={`flex items-start gap-2 [&>.lucide]:mt-1 ${LOOKS[state].text} ${LOOKS[state].mark}`}>
          {LOOKS[state].icon}
          <span>
            {said && <span className="sr-only">{state === 'met' ? said.met : said.open} </span>}
            {text}
          </span>
        </li>
      ))}
    </ul>
  )
}
