import ArchiveRestore from 'lucide-react/icons/archive-restore'
import ContactRound from 'lucide-react/icons/contact-round'
import History from 'lucide-react/icons/history'
import Inbox from 'lucide-react/icons/inbox'
import KeyRound from 'lucide-react/icons/key-round'
import LayoutList from 'lucide-react/icons/layout-list'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import ListFilter from 'lucide-react/icons/list-filter'
import LockKeyhole from 'lucide-react/icons/lock-keyhole'
import LogIn from 'lucide-react/icons/log-in'
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone'
import Send from 'lucide-react/icons/send'
import Smartphone from 'lucide-react/icons/smartphone'

/** The pages of a mailbox owner, in their groups. A new capability adds one line here and its word under `shell.nav`. */
export const NAVIGATION = [
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
] as const
