// The core vocabulary: every role that any document can bind.

import { exchangeRoles, operations, intakeRoles } from './roles/exchange.ts'
import type { OperationRole } from './roles/exchange.ts'
import { invoiceRoles, lineRoles } from './roles/invoice.ts'
import { partyRoles, selfRoles, paperRoles } from './roles/party.ts'
import type { Entity, Kind, OwnName, Term } from './roles/term.ts'

const all = {
  ...invoiceRoles,
  ...lineRoles,
  ...partyRoles,
  ...paperRoles,
  ...intakeRoles,
  ...exchangeRoles,
  ...selfRoles,
} as const

/** The core vocabulary: every role that any document can bind, with its kind and business term. */
export const roles: Readonly<Record<CoreRole, Term>> = all

/** A name of the core vocabulary, without an anchor: `party.name`, never `buyer.name`. */
export type CoreRole = keyof typeof all

/** A role: of the core vocabulary, or one that a document declares itself. */
export type Role = CoreRole | OwnName

/** Which party of the invoice a `buyer.…` or `seller.…` role means. */
export type Anchor = 'buyer' | 'seller'

/** A role as an overlay spells it, taken apart. */
export interface RoleName {
  readonly role: Role
  readonly anchor?: Anchor
  readonly term: Term
}

/** A role of the core vocabulary as an overlay spells it, taken apart. */
interface CoreRoleName extends RoleName {
  readonly role: CoreRole
}

/** Returns the core role and anchor a name stands for, or `undefined` where the core vocabulary lacks it. */
export function parseRole(name: string): CoreRoleName | undefined {
  if (Object.hasOwn(roles, name)) return { role: name as CoreRole, term: roles[name as CoreRole] }
  const anchor = /^(buyer|seller)\.(.+)$/.exec(name)
  const role = `party.${anchor?.[2]}` as CoreRole
  return anchor && Object.hasOwn(roles, role) ? { role, anchor: anchor[1] as Anchor, term: roles[role] } : undefined
}

/** Returns what the core vocabulary says of a role. */
export const termOf = (role: CoreRole): Term => roles[role]

const entities = new Map<Role, Entity>()

/** Returns the entity that a role is about: `line` for `line.net`. */
export function entityOf(role: Role): Entity {
  const known = entities.get(role)
  if (known !== undefined) return known
  const entity = role.split('.')[0] as Entity
  if (entities.size < 10_000) entities.set(role, entity)
  return entity
}

/** Tells whether a word names what an operation does. */
export const isOperationRole = (word: unknown): word is OperationRole => operations.includes(word as OperationRole)

export { operations }
export type { Entity, Kind, OperationRole, Term }
