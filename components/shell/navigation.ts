import ArchiveRestore from 'lucide-react/icons/archive-restore'
import ChartNoAxesColumn from 'lucide-react/icons/chart-no-axes-column'
import ContactRound from 'lucide-react/icons/contact-round'
import Headset from 'lucide-react/icons/headset'
import History from 'lucide-react/icons/history'
import Inbox from 'lucide-react/icons/inbox'
import KeyRound from 'lucide-react/icons/key-round'
import LayoutList from 'lucide-react/icons/layout-list'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import ListFilter from 'lucide-react/icons/list-filter'
import LockKeyhole from 'lucide-react/icons/lock-keyhole'
import LogIn from 'lucide-react/icons/log-in'
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone'
import ScrollText from 'lucide-react/icons/scroll-text'
import Search from 'lucide-react/icons/search'
import Send from 'lucide-react/icons/send'
import Settings from 'lucide-react/icons/settings'
import Smartphone from 'lucide-react/icons/smartphone'
import UserRound from 'lucide-react/icons/user-round'
import type { ComponentType } from 'react'
import type { Role } from '#lib/platform/actor.ts'
import type { Messages } from '#lib/platform/i18n/namespaces.ts'

type Words = keyof Messages['shell']['nav']

interface Place {
  href: string
  word: Words
  /** How the addresses begin of what else stands behind it. */
  holds?: readonly string[]
  Icon: ComponentType
  /** Of the staff's pages: who finds it there. The operations behind it decide who may. */
  roles?: readonly Role[]
}

export interface Group {
  /** A hairline stands before it. */
  apart?: true
  word?: Words
  items: readonly Place[]
}

/** The pages of a mailbox owner, in their groups. A new capability adds one line here and its word under `shell.nav`. */
export const NAVIGATION: readonly Group[] = [
  { items: [{ href: '/overview', word: 'overview', Icon: LayoutList }] },
  {
    word: 'mail',
    items: [
      { href: '/received', word: 'received', Icon: Inbox },
      { href: '/restore', word: 'restore', Icon: ArchiveRestore },
      { href: '/sent', word: 'sent', Icon: Send },
      { href: '/sender-lists', word: 'senderLists', Icon: ListFilter },
    ],
  },
  {
    word: 'account',
    items: [
      { href: '/password', word: 'password', Icon: LockKeyhole },
      { href: '/app-passwords', word: 'appPasswords', Icon: KeyRound },
      { href: '/client-setup', word: 'clientSetup', Icon: MonitorSmartphone },
      { href: '/phone', word: 'phone', Icon: Smartphone },
      { href: '/sso', word: 'sso', Icon: LogIn },
      { href: '/activity', word: 'activity', Icon: History },
    ],
  },
  { word: 'contacts', items: [{ href: '/contacts', word: 'contacts', Icon: ContactRound }] },
  { apart: true, items: [{ href: '/help', word: 'help', Icon: LifeBuoy }] },
]

const DESK_ROLES = ['agent', 'supervisor'] as const
const EVERYBODY = ['agent', 'supervisor', 'auditor', 'admin'] as const

/** The way of staff to their pages, among the owner's. */
const DESK: Group = { items: [{ href: '/desk', word: 'desk', Icon: Headset }] }

/** The pages of staff. A new one adds its line here; the words of all are there. */
const DESK_NAVIGATION: readonly Group[] = [
  {
    items: [
      { href: '/desk/helpdesk', word: 'search', Icon: Search, roles: DESK_ROLES },
      { href: '/desk/requests', word: 'requests', Icon: Inbox, roles: DESK_ROLES },
    ],
  },
  {
    word: 'running',
    items: [
      { href: '/desk/dashboard', word: 'dashboard', Icon: ChartNoAxesColumn, roles: EVERYBODY },
      { href: '/desk/audit', word: 'audit', Icon: ScrollText, roles: ['auditor'] },
      { href: '/desk/settings', word: 'settings', Icon: Settings, holds: ['/desk/tokens', '/desk/webhooks'], roles: ['admin'] },
    ],
  },
  { word: 'ownMail', items: [{ href: '/overview', word: 'overview', Icon: UserRound }] },
]

export const ownNavigation = (roles: readonly Role[]): readonly Group[] => (roles.length > 0 ? [...NAVIGATION, DESK] : NAVIGATION)

/** What one of these roles leads to. */
export function deskNavigation(roles: readonly Role[]): readonly Group[] {
  const visible = ({ roles: of }: Place) => !of || of.some((role) => roles.includes(role))
  return DESK_NAVIGATION.map((group) => ({ ...group, items: group.items.filter(visible) })).filter(({ items }) => items.length > 0)
}
