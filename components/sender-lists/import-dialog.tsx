'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { toast } from '#components/ui/toast.tsx'
import { importSendersAction, previewImportAction } from '#lib/features/sender-lists/actions.ts'
import type { Preview, Verdict } from '#lib/features/sender-lists/schema.ts'
import { type Chosen, inBase64, isEmpty, MOST_BYTES, ofFile, ofText } from './chosen.ts'
import { ImportPreview } from './import-preview.tsx'

interface Props {
  onImported: () => Promise<void>
  onClose: () => void
}

/** First what would come of it, then the doing. */
export default function ImportDialog({ onImported, onClose }: Props) {
  const t = useTranslations('sender-lists.import')
  const common = useTranslations('common')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [verdict, setVerdict] = useState<Verdict>('block')
  const [preview, setPreview] = useState<Preview>()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const tooLarge = chosen !== null && chosen.bytes.length > MOST_BYTES
  const changes = preview ? preview.added + preview.turned.count : 0

  const ask = async <T,>(
    call: (input: { file: string; verdict: Verdict }) => Parameters<typeof answerOf<T>>[0],
  ): Promise<T | undefined> => {
    if (!chosen || busy) return undefined
    setBusy(true)
    const answer = await answerOf(call({ file: inBase64(chosen.bytes), verdict }))
    setBusy(false)
    setRefused((before) => (answer.ok ? undefined : { answer, attempt: (before?.attempt ?? 0) + 1 }))
    return answer.ok ? answer.data : undefined
  }
  const look = async () => setPreview(await ask(previewImportAction))
  const put = async () => {
    const done = await ask(importSendersAction)
    if (!done) return
    await onImported()
    toast({ text: t('done', { added: done.added, turned: done.turned }) })
    onClose()
  }

  const next = preview ? (
    <Button kind="primary" busy={busy} busyLabel={t('putting')} disabledReason={obstacleOf(t, preview, changes)} onClick={() => void put()}>
      {t('put', { count: changes })}
    </Button>
  ) : (
    <Button
      kind="primary"
      busy={busy}
      busyLabel={t('looking')}
      disabledReason={tooLarge ? t('tooLarge') : isEmpty(chosen) && t('nothing')}
      onClick={() => void look()}
    >
      {t('look')}
    </Button>
  )
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('title')}
      help={t('help')}
      footerStart={preview && <Button onClick={() => setPreview(undefined)}>{t('back')}</Button>}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          {next}
        </>
      }
    >
      {refused && (
        <div className="mt-4">
          <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />
        </div>
      )}
      {preview ? (
        <ImportPreview preview={preview} />
      ) : (
        <Choice chosen={chosen} verdict={verdict} onChoose={setChosen} onVerdict={setVerdict} />
      )}
    </Dialog>
  )
}

function obstacleOf(t: ReturnType<typeof useTranslations<'sender-lists.import'>>, { total, most, same }: Preview, changes: number) {
  if (total > most) return t('tooMany', { over: total - most, most })
  return changes === 0 && t(same > 0 ? 'allThere' : 'noneThere')
}

interface ChoiceProps {
  chosen: Chosen | null
  verdict: Verdict
  onChoose: (chosen: Chosen | null) => void
  onVerdict: (verdict: Verdict) => void
}

/** Pasted, or a file. */
function Choice({ chosen, verdict, onChoose, onVerdict }: ChoiceProps) {
  const t = useTranslations('sender-lists')
  const file = useId()
  const choose = async (files: FileList | null) => onChoose(files?.[0] ? await ofFile(files[0]) : null)
  return (
    <>
      <Field label={t('import.paste')} help={t('import.pasteHelp')}>
        {(control) => (
          <textarea
            {...control}
            className="ui-input block font-mono"
            rows={7}
            spellCheck={false}
            autoCapitalize="none"
            value={chosen?.text ?? ''}
            onChange={(event) => onChoose(ofText(event.target.value))}
          />
        )}
      </Field>
      <Field id={file} label={t('import.file')} help={t('import.fileHelp')}>
        {(control) => (
          <>
            <input
              {...control}
              // Only one of the two counts: typing lets go of the file.
              key={chosen?.text === undefined ? 'file' : 'text'}
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              className="block w-full max-w-full text-sm file:mr-3 file:min-h-control file:cursor-pointer file:rounded-2 file:border file:border-line-strong file:border-solid file:bg-raised file:px-3 file:text-ink"
              onChange={(event) => void choose(event.target.files)}
            />
            {chosen?.name && <p className="mt-1 text-ink-2 text-sm">{t('import.chosen', { name: chosen.name })}</p>}
          </>
        )}
      </Field>
      <Segment
        legend={t('import.verdict')}
        name="verdict"
        options={(['block', 'allow'] as const).map((value) => ({ value, label: t(`verdict.${value}`) }))}
        value={verdict}
        onChange={(value) => onVerdict(value as Verdict)}
        help={t('import.verdictHelp')}
      />
    </>
  )
}
