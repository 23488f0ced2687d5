'use client'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import type { MenuItem, MenuProps } from './menu.tsx'

export default function MenuPanel({ items, ...button }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button {...button} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="ui-menu">
          {items.map((item, index) => (
            <Item key={index} {...item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Item({ label, icon, danger, href, onSelect }: MenuItem) {
  const words = (
    <>
      {icon}
      {label}
    </>
  )
  return (
    <DropdownMenu.Item className={cx('ui-menu-item', danger && 'text-stop')} onSelect={onSelect} asChild={href !== undefined}>
      {href === undefined ? words : <Link href={href}>{words}</Link>}
    </DropdownMenu.Item>
  )
}
