import type { Scope } from './scopes.ts'

export const ROLES = ['agent', 'supervisor', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

interface SignedIn {
  mailbox: string
  name: string
  sessionId: string
  /** Seconds since the person last proved who they are at the identity provider, by the database clock; null when it does not say. */
  authAge: number | null
}

/** Who asks. `anonymous` holds a link from a mail, or signs in just now. */
export type Actor =
  | ({ kind: 'user' } & SignedIn)
  | ({ kind: 'staff'; roles: Role[] } & SignedIn)
  /** `id` is the name of the key, which no two ever have. */
  | { kind: 'apiKey'; id: string; scopes: readonly Scope[] }
  | { kind: 'system'; job: string }
  | { kind: 'anonymous' }

export type SignedInActor = Extract<Actor, SignedIn>

export const isSignedIn = (actor: Actor): actor is SignedInActor => actor.kind === 'user' || actor.kind === 'staff'

/** The owner of a mailbox, staff or not, in that quality. */
export const owns = (actor: Actor, { mailbox }: { mailbox: string }): boolean => isSignedIn(actor) && actor.mailbox === mailbox

export const isSystem = (actor: Actor): boolean => actor.kind === 'system'

export function describeActor(actor: Actor): { kind: Actor['kind']; id: string; role: string | null } {
  switch (actor.kind) {
    case 'user':
      return { kind: actor.kind, id: actor.mailbox, role: null }
    case 'staff':
      return { kind: actor.kind, id: actor.mailbox, role: actor.roles.join(',') }
    case 'apiKey':
      return { kind: actor.kind, id: actor.id, role: null }
    case 'system':
      return { kind: actor.kind, id: actor.job, role: null }
    case 'anonymous':
      return { kind: actor.kind, id: '', role: null }
  }
}

declare const authorized: unique symbol
/** A mailbox that the gate has let this actor at. Only `operation()` mints it; a store asks for nothing less. */
export type AuthorizedMailbox = string & { readonly [authorized]: true }
export type Authorized<I> = I extends { mailbox: string } ? Omit<I, 'mailbox'> & { mailbox: AuthorizedMailbox } : I
