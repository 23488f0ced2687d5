'use client'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'

/** Like the copy button of components/ui, with its words as props: a public page carries no formatter. */
export function CopyCode({ code, copy, copied }: { code: string; copy: string; copied: string }) {
  const [done, setDone] = useState(false)
  const press = async () => {
    await navigator.clipboard.writeText(code)
    setDone(true)
  }
  return (
    <span className="-mr-2 flex items-center gap-3">
      <span role="status" className="text-sm">
        {done && (
          <Status kind="ok" icon={<Check />}>
            {copied}
          </Status>
        )}
      </span>
      <Button kind="quiet" size="sm" onClick={press}>
        <Copy />
        <span>{copy}</span>
        <code>{code}</code>
      </Button>
    </span>
  )
}
