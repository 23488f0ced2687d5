'use client'
import { Crash } from '#components/shell/crash.tsx'

export default function PageError(props: { error: unknown; retry: () => void }) {
  return (
    <div className="ui-main mx-auto max-w-264">
      <Crash {...props} />
    </div>
  )
}
