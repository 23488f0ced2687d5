'use client'
import FolderPlus from 'lucide-react/icons/folder-plus'
import Pencil from 'lucide-react/icons/pencil'
import Settings2 from 'lucide-react/icons/settings-2'
import Ungroup from 'lucide-react/icons/ungroup'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Menu } from '#components/ui/menu.tsx'
import type { Query } from './place.ts'

const GroupDialog = lazy(() => import('./group-dialog.tsx'))
const DissolveDialog = lazy(() => import('./dissolve-dialog.tsx'))

/** What can be done with groups themselves. */
export function GroupMenu({ query: { group }, onShow }: { query: Query; onShow: (group: string | undefined) => void }) {
  const t = useTranslations('contacts.groups')
  const [asking, setAsking] = useState<'new' | 'rename' | 'dissolve'>()
  const done = (to: string | undefined) => {
    setAsking(undefined)
    onShow(to)
  }
  const close = () => setAsking(undefined)
  const items = [
    { label: t('new'), icon: <FolderPlus />, onSelect: () => setAsking('new') },
    ...(group
      ? [
          { label: t('rename', { name: group }), icon: <Pencil />, onSelect: () => setAsking('rename') },
          { label: t('dissolve', { name: group }), icon: <Ungroup />, danger: true, onSelect: () => setAsking('dissolve') },
        ]
      : []),
  ]
  return (
    <>
      <Menu items={items}>
        <Settings2 />
        {t('manage')}
      </Menu>
      <Suspense>
        {asking === 'new' && <GroupDialog onDone={done} onClose={close} />}
        {asking === 'rename' && group && <GroupDialog name={group} onDone={done} onClose={close} />}
        {asking === 'dissolve' && group && <DissolveDialog name={group} onDone={() => done(undefined)} onClose={close} />}
      </Suspense>
    </>
  )
}
