'use client'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

const SETTING = 'letter-keys'
const CHANGED = 'letter-keys-changed'

const subscribe = (listener: () => void) => {
  window.addEventListener(CHANGED, listener)
  return () => window.removeEventListener(CHANGED, listener)
}

export const useLetterKeys = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(SETTING) !== 'off',
    () => true,
  )

export function switchLetterKeys(on: boolean): void {
  localStorage.setItem(SETTING, on ? 'on' : 'off')
  window.dispatchEvent(new Event(CHANGED))
}

export interface Moves {
  /** To the next row, or the one before. */
  step: (from: string | null, by: 1 | -1) => void
  /** `through`: up to this one. */
  select: (id: string, through: boolean) => void
  search: () => void
  escape: () => void
}

const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]'

/** The keys of a list whose rows carry their id as `data-row`. Letters do nothing where somebody types, or when they are switched off. */
export function useKeys(moves: Moves): void {
  const letters = useLetterKeys()
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(target instanceof Element) || target.closest(TYPING)) return
    const row = target.closest<HTMLElement>('[data-row]')?.dataset.row ?? null
    const move = moveOf(event, row, letters, moves)
    if (!move) return
    event.preventDefault()
    move()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function moveOf({ key, shiftKey }: KeyboardEvent, row: string | null, letters: boolean, moves: Moves): (() => void) | undefined {
  if (key === 'Escape') return moves.escape
  if (row && key === 'ArrowDown') return () => moves.step(row, 1)
  if (row && key === 'ArrowUp') return () => moves.step(row, -1)
  if (!letters) return
  const letter = key.toLowerCase()
  if (letter === 'j') return () => moves.step(row, 1)
  if (letter === 'k') return () => moves.step(row, -1)
  if (letter === 'x' && row) return () => moves.select(row, shiftKey)
  if (letter === '/') return moves.search
}
