'use client'
import CircleAlert from 'lucide-react/icons/circle-alert'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { ImportFile } from './import-file.ts'
import type { ImportFiles } from './use-import-files.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_e'_'b_b']"

interface Props {
  imports: ImportFiles
  /** The file whose finding is shown. */
  current: number | null
  onShow?: (key: number) => void
}

/** Each file with what was found in it, or why it cannot be read. */
export function ImportFileList({ imports: { files, drop }, current, onShow }: Props) {
  const t = useTranslations('contacts-import.files')
  return (
    <Table label={t('label')} wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-56">{t('name')}</Th>
          <Th>{t('finding')}</Th>
          <Th className="w-20" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Tr key={file.key} selected={file.key === current}>
            <Td area="a" className="[overflow-wrap:anywhere]">
              {file.preview && onShow && file.key !== current ? (
                <button
                  type="button"
                  className="cursor-pointer text-left text-accent underline underline-offset-2"
                  onClick={() => onShow(file.key)}
                >
                  <bdi>{file.name}</bdi>
                </button>
              ) : (
                <b className="font-semibold">
                  <bdi>{file.name}</bdi>
                </b>
              )}
            </Td>
            <Td area="b" className="[overflow-wrap:anywhere]">
              <Finding file={file} />
            </Td>
            <Td area="e" action>
              <span className="-my-1 -mr-2 block">
                <Button kind="quiet" size="sm" onClick={() => drop(file.key)}>
                  {t('drop')}
                  <span className="sr-only"> {file.name}</span>
                </Button>
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Finding({ file: { preview, refused, busy } }: { file: ImportFile }) {
  const t = useTranslations('contacts-import')
  const errors = useTranslations('errors')
  const common = useTranslations('common')
  if (refused) {
    return (
      <span role="alert" className="flex gap-1.5 text-stop [&>.lucide]:mt-0.5">
        <CircleAlert />
        <span>{refused.code === 'no_answer' ? common('refusal.noAnswerText') : errors(refused.code, refused.values)}</span>
      </span>
    )
  }
  if (!preview || busy) {
    return (
      <span role="status">
        <Status kind="wait" icon={<LoaderCircle className="animate-spin motion-reduce:hidden" />}>
          {t('files.reading')}
        </Status>
      </span>
    )
  }
  const { dialect, fresh, duplicates, faulty } = preview
  return (
    <>
      {t(`dialect.${dialect}`)}
      <span className="block text-ink-2">{t('files.found', { fresh, duplicates, faulty })}</span>
    </>
  )
}
