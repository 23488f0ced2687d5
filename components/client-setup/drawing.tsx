import { useTranslations } from 'next-intl'
import type { ClientSetup } from '#lib/features/client-setup/schema.ts'
import { Address } from './address.tsx'
import type { Client, Filling, Drawing as Shape } from './guides.ts'

interface Props {
  client: Client
  drawing: Shape
  setup: ClientSetup
}

/** The client's own window, as far as it matters: the names of its fields, and what goes into them. */
export function Drawing({ client, drawing: { look, title, rows, button }, setup }: Props) {
  const t = useTranslations('client-setup')
  const word = (key: string) => t(`drawings.${client}.${key}` as Parameters<typeof t>[0])
  return (
    <figure
      aria-label={t('steps.figure', { title: word(title) })}
      className={`mt-3 overflow-hidden border border-line bg-raised text-sm ${look === 'phone' ? 'max-w-80 rounded-3' : 'max-w-120 rounded-2'}`}
    >
      <div className={`border-line border-b bg-sunken px-3 py-1.5 text-ink-2 ${look === 'phone' ? 'text-center' : ''}`}>{word(title)}</div>
      <dl className="px-3 py-1">
        {rows.map(([label, filling], index) => (
          <div
            key={index}
            className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-3 border-line border-b py-1.5 last:border-b-0"
          >
            <dt className="text-ink-2">{word(label)}</dt>
            <dd className={look === 'window' ? 'min-w-0 break-words rounded-1 border border-line px-2 py-0.5' : 'min-w-0 break-words'}>
              <Filled filling={filling} setup={setup} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex justify-end border-line border-t px-3 py-2">
        <span className="rounded-1 border border-line-strong px-2.5 py-0.5 text-ink-2">{word(button)}</span>
      </div>
    </figure>
  )
}

function Filled({ filling, setup }: { filling: Filling; setup: ClientSetup }) {
  const t = useTranslations('client-setup')
  if (filling === 'address') return <Address>{setup.address}</Address>
  if (filling === 'IMAP') return 'IMAP'
  if (filling === 'secret' || filling === 'yourName' || filling === 'ticked')
    return <span className="text-ink-3">{t(`steps.${filling}`)}</span>
  const [protocol, part] = filling.split('.')
  const server = setup.servers.find((each) => each.protocol === protocol)
  if (!server) return null
  if (part === 'security') return t(`servers.${server.security}`)
  return <span className="break-all tabular-nums">{part === 'host' ? server.host : server.port}</span>
}
