import LogOut from 'lucide-react/icons/log-out'
import MenuIcon from 'lucide-react/icons/menu'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Brand } from './brand.tsx'
import { NavLink } from './nav-link.tsx'
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
  /** What the organisation calls it, or that these are the pages of its helpdesk. */
  site: string
  /** Where the brand leads. */
  home: string
  navigation: readonly Group[]
  /** For staff: in which role, and that it is recorded. */
  staffBand?: ReactNode
  children: ReactNode
}

/** Side navigation from 960 px, a top bar with a menu below. */
export function AppShell({ person, site, home, navigation, staffBand, children }: Props) {
  const t = useTranslations('shell')
  return (
    <>
      <SkipLink />
      <div className="ui-app">
        <header className="ui-side">
          <Brand href={home} site={site} />
          <Navigation groups={navigation} />
          <Who person={person} />
          <div className="px-2 pb-2">
            <Preferences />
          </div>
        </header>
        <header className="ui-top">
          <Brand href={home} site={site} sealClass="size-6.5" />
          <PhoneMenu
            summary={
              <>
                <MenuIcon className="size-5" />
                <span className="sr-only">{t('menu')}</span>
              </>
            }
          >
            <Navigation groups={navigation} />
            <Who person={person} />
            <div className="px-2 pb-2">
              <Preferences />
            </div>
          </PhoneMenu>
        </header>
        <div>
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

function Navigation({ groups }: { groups: readonly Group[] }) {
  const t = useTranslations('shell')
  return (
    <nav aria-label={t('navigation')} className="ui-nav">
      {groups.map((group) => (
        <div key={group.items[0]?.href}>
          {group.word && <h2>{t(`nav.${group.word}`)}</h2>}
          <ul>
            {group.items.map(({ href, word, Icon }) => (
              <li key={href}>
                <NavLink href={href}>
                  <Icon />
                  {t(`nav.${word}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
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
