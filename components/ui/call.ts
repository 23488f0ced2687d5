'use client'
import { useSyncExternalStore } from 'react'
import type { Warrant } from '#lib/platform/staff.ts'

/** Whom a member of staff is helping. */
export interface Call {
  /** The member of staff, as the owner reads it. */
  agent: string
  /** Of the owner; masked before the caller is verified. */
  name: string
  address: string
  /** When the caller was verified; it also tells one call from another. */
  verifiedAt: Date | null
  /** A number as this site writes them. */
  ticketExample: string
}

const KEY = 'warrant'
const CHANGED = 'warrant-changed'
const NOTHING: Warrant = { reason: '', ticket: '' }
const named = ({ verifiedAt, address }: Call) => verifiedAt?.toISOString() ?? address

/** Keeps what was given for this call: the ticket from act to act, both over the way to the identity provider. */
export function keepWarrant(call: Call, warrant: Warrant): void {
  sessionStorage.setItem(KEY, JSON.stringify({ call: named(call), ...warrant }))
  window.dispatchEvent(new Event(CHANGED))
}

/** What was given before in this call. */
export function keptWarrant(call: Call): Warrant {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
  return kept?.call === named(call) ? { reason: kept.reason, ticket: kept.ticket } : NOTHING
}

const subscribe = (listener: () => void) => {
  window.addEventListener(CHANGED, listener)
  return () => window.removeEventListener(CHANGED, listener)
}

/** The ticket of this call; empty before one was given. */
export const useTicket = (call: Call): string =>
  useSyncExternalStore(
    subscribe,
    () => keptWarrant(call).ticket,
    () => '',
  )
