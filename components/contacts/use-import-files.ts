'use client'
import { useRef, useState } from 'react'
import { answerOf } from '#components/ui/answer.ts'
import { previewFileAction } from '#lib/features/contacts/actions.ts'
import { uploadContactFile } from '#lib/features/contacts/queries.ts'
import type { FilePreview, Reading } from '#lib/features/contacts/schema.ts'
import { type ImportFile, inBase64, isFound, nameToSend, refusedAtOnce, unreadable, wishOf } from './import-file.ts'

let serial = 0

const begun = (name: string, refused?: ImportFile['refused']): ImportFile => ({
  key: ++serial,
  name,
  refused,
  busy: !refused,
  reading: {},
  wish: { kind: 'none' },
})

/** What the address has been given to keep, so that a reload finds the files again. */
function remember(files: ImportFile[]): void {
  const address = new URLSearchParams(files.filter(isFound).map(({ preview }) => ['file', preview.file]))
  window.history.replaceState(null, '', address.size > 0 ? `/contacts/import?${address}` : '/contacts/import')
}

/** The files of an import until it begins. `kept`: what the server still has of those in the address. */
export function useImportFiles(kept: FilePreview[]) {
  const [files, setFiles] = useState<ImportFile[]>(() =>
    kept.map((preview) => ({ ...begun(preview.name), busy: false, preview, wish: wishOf(preview) })),
  )
  // Of two answers for one file the later question counts.
  const asked = useRef(new Map<number, number>())

  const change = (key: number, to: Partial<ImportFile>) =>
    setFiles((before) => {
      const after = before.map((file) => (file.key === key ? { ...file, ...to } : file))
      remember(after)
      return after
    })

  const look = async (key: number, file: string, reading: Reading, first: boolean) => {
    const turn = (asked.current.get(key) ?? 0) + 1
    asked.current.set(key, turn)
    const answer = await answerOf(previewFileAction({ file, ...reading }))
    if (asked.current.get(key) !== turn) return
    if (!answer.ok) return change(key, { busy: false, refused: answer })
    const preview: FilePreview = answer.data
    change(key, { busy: false, preview, refused: undefined, ...(first && { wish: wishOf(preview) }) })
  }

  const bring = async (file: File, key: number) => {
    // It may have gone, or changed, since it was chosen.
    const octets = await file.arrayBuffer().catch(() => null)
    if (!octets) return change(key, { busy: false, refused: unreadable('other') })
    const answer = await answerOf(uploadContactFile({ name: nameToSend(file.name), content: inBase64(new Uint8Array(octets)) }))
    if (!answer.ok) return change(key, { busy: false, refused: answer })
    await look(key, answer.data.file, {}, true)
  }

  /** One after the other, each with its own finding. */
  const add = async (chosen: File[]) => {
    let taken = files.filter(({ refused }) => !refused).length
    const entries = chosen.map((file) => {
      const refused = refusedAtOnce(file, taken)
      if (!refused) taken += 1
      return { file, entry: begun(file.name, refused) }
    })
    setFiles((before) => [...before.filter(({ refused, preview }) => !refused || preview), ...entries.map(({ entry }) => entry)])
    for (const { file, entry } of entries) if (!entry.refused) await bring(file, entry.key)
  }

  /** Puts right by hand how a file is read; another charset or head line begins with a mapping of its own. */
  const read = (key: number, to: Reading) => {
    const file = files.find((each) => each.key === key)
    if (!file?.preview) return
    const reading = 'mapping' in to ? { ...file.reading, ...to } : { ...file.reading, mapping: undefined, ...to }
    change(key, { busy: true, reading })
    void look(key, file.preview.file, reading, false)
  }

  const drop = (key: number) =>
    setFiles((before) => {
      const after = before.filter((file) => file.key !== key)
      remember(after)
      return after
    })
  const clear = () => {
    setFiles([])
    remember([])
  }
  return { files, add, read, wish: (key: number, wish: ImportFile['wish']) => change(key, { wish }), drop, clear }
}

export type ImportFiles = ReturnType<typeof useImportFiles>
