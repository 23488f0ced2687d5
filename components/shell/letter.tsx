import type { ReactNode } from 'react'
import { Seal } from '#components/ui/seal.tsx'

/** Letter paper with one sentence. On the sign-in page only, from 960 px. */
export function Letter({ children }: { children: ReactNode }) {
  return (
    <div className="ui-letter">
      <i />
      <i />
      <i />
      <i />
      <i />
      <i />
      <i />
      <i />
      <p>{children}</p>
      <Seal className="size-9" />
    </div>
  )
}
