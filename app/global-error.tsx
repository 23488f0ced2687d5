'use client'
import './globals.css'
import { Crash } from '#components/shell/crash.tsx'

/** When even the frame of the pages fails. It writes a document of its own, without the person's theme. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="zh-CN">
      <body>
        <title>驿站 · Posthouse</title>
        <div className="ui-main mx-auto max-w-264">
          <Crash {...props} />
        </div>
      </body>
    </html>
  )
}
