import CircleX from 'lucide-react/icons/circle-x'
import LogOut from 'lucide-react/icons/log-out'
import MenuIcon from 'lucide-react/icons/menu'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useTranslations } from 'next-intl'
import type { ComponentType, ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Announcement, SiteWords } from '#lib/platform/i18n/server.ts'
import { Brand } from './brand.tsx'
import { Incidents } from './incidents.tsx'
import type { Group } from './navigation.ts'
import { PhoneMenu } from './phone-menu.tsx'
import { Preferences } from './preferences.tsx'
import { SkipLink } from './skip-link.tsx'

interface Person {
  name: string
  address: string
}

interface Props {
  person: Person
  /** The organisation's words; their name says of staff's pages that these are the helpdesk's. */
  site: SiteWords
  /** Where the brand leads. */
  home: string
  navigation: readonly Group[]
  /** A place in the navigation. It knows when it is the present one, or holds it. */
  NavLink: ComponentType<{ href: string; holds?: readonly string[]; children: ReactNode }>
  /** What stands behind the word of a place, by its address. */
  marks?: Record<string, ReactNode>
  /** For staff: in which role, and that it is recorded. */
  staffBand?: ReactNode
  children: ReactNode
}

/** Side navigation from 960 px, a top bar with a menu below. */
export function AppShell({ person, site, home, navigation, NavLink, marks, staffBand, children }: Props) {
  const t = useTranslations('shell')
  const [trouble, ...others] = site.incidents.filter(({ kind }) => kind !== 'wait')
  return (
    <>
      <SkipLink />
      <div className="ui-app">
        <header className="ui-side">
          <Brand href={home} site={site.name} />
          <Navigation groups={navigation} NavLink={NavLink} marks={marks} />
          <Who person={person} />
          <div className="px-2 pb-2">
            <Preferences />
          </div>
        </header>
        <header className="ui-top">
          <Brand href={home} site={site.name} sealClass="size-6.5" />
          <PhoneMenu
            summary={
              <>
                <MenuIcon className="size-5" />
                <span className="sr-only">{t('menu')}</span>
              </>
            }
          >
            <Navigation groups={navigation} NavLink={NavLink} marks={marks} />
            <Who person={person} />
            <div className="px-2 pb-2">
              <Preferences />
            </div>
          </PhoneMenu>
        </header>
        <div>
          <Incidents known={site.incidentsVersion}>{trouble && <IncidentBar incident={trouble} others={others.length} />}</Incidents>
          {staffBand && (
            <section aria-label={t('desk.name')} className="ui-staff-band">
              {staffBand}
            </section>
          )}
          <main id="main" tabIndex={-1} className="ui-main outline-none">
            {children}
          </main>
        </div>
      </div>
    </>
  )
}

function Navigation({ groups, NavLink, marks }: { groups: readonly Group[] } & Pick<Props, 'NavLink' | 'marks'>) {
  const t = useTranslations('shell')
  return (
    <nav aria-label={t('navigation')} className="ui-nav">
      {groups.map((group) => (
        <div key={group.items[0]?.href}>
          {group.apart && <hr className="mx-3 mt-5 mb-2" />}
          {group.word && <h2>{t(`nav.${group.word}`)}</h2>}
          <ul>
            {group.items.map(({ href, holds, word, Icon }) => (
              <li key={href}>
                <NavLink href={href} holds={holds}>
                  <Icon />
                  {t(`nav.${word}`)}
                  {marks?.[href]}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The most pressing of what is out of order. What is merely announced stands on the overview, at the sign-in and in the help. */
function IncidentBar({ incident: { kind, title, times }, others }: { incident: Announcement; others: number }) {
  const t = useTranslations('shell')
  return (
    <section aria-label={t('incidents')} className="ui-incident" data-kind={kind}>
      {kind === 'stop' ? <CircleX /> : <TriangleAlert />}
      <p>
        <b>{title}</b>
        <span>{times}</span>
        <a href="/help">{t('incident', { others })}</a>
      </p>
    </section>
  )
}

function Who({ person }: { person: Person }) {
  const t = useTranslations('shell')
  return (
    <form action="/api/auth/sign-out" method="post" className="ui-who">
      <span>
        <b>{person.name}</b>
        <small>{person.address}</small>
      </span>
      <Button type="submit" kind="icon" size="sm" label={t('signOut')}>
        <LogOut />
      </Button>
    </form>
  )
}
