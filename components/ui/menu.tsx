'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'

const Panel = lazy(() => import('./menu-panel.tsx'))

export interface MenuItem {
  label: ReactNode
  icon?: ReactNode
  danger?: boolean
  /** Either it goes somewhere or it does something. */
  href?: string
  onSelect?: () => void
}

export interface MenuProps extends Pick<ButtonProps, 'kind' | 'size' | 'label' | 'children'> {
  items: MenuItem[]
}

/** A button that opens a list of actions. Its code is fetched when it first opens. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const { items: _items, ...button } = props
  const closed = <Button {...button} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)} />
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <Panel {...props} />
    </Suspense>
  )
}
