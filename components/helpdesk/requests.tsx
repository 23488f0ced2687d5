import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Clock from 'lucide-react/icons/clock'
import { Section } from '#components/ui/section.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'
import type { Verified } from './acts.tsx'

type Request = Verified['details']['requests'][number]

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_c'_'a_a']"

/** What this account has asked of the helpdesk, or staff on its behalf. */
export async function Requests({ requests }: { requests: Request[] }) {
  const [t, format] = await Promise.all([getTranslations('helpdesk.requests'), getFormat()])
  return (
    <Section title={t('title')}>
      {requests.length === 0 ? (
        <p className="mt-3 text-ink-2">{t('empty')}</p>
      ) : (
        <Table label={t('title')} compact fold={FOLD}>
          <thead>
            <Tr>
              <Th className="w-32">{t('time')}</Th>
              <Th>{t('kind')}</Th>
              <Th className="w-36">{t('state')}</Th>
            </Tr>
          </thead>
          <tbody>
            {requests.map(({ id, kind, state, createdAt }) => (
              <Tr key={id}>
                <Td area="a" figures faint>
                  <time dateTime={createdAt.toISOString()}>{format.moment(createdAt)}</time>
                </Td>
                <Td area="b">{t(`kinds.${kind}`)}</Td>
                <Td area="c">
                  <State state={state} word={t(`states.${state}`)} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}

function State({ state, word }: { state: Request['state']; word: string }) {
  if (state === 'open' || state === 'taken')
    return (
      <Status kind="hold" icon={<Clock />}>
        {word}
      </Status>
    )
  return (
    <Status kind={state === 'refused' ? 'off' : 'ok'} icon={state === 'refused' ? <Ban /> : <Check />}>
      {word}
    </Status>
  )
}
