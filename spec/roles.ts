import { exchange, operations } from './roles/exchange.ts'
import type { OperationRole } from './roles/exchange.ts'
import { invoice } from './roles/invoice.ts'
import { money } from './roles/money.ts'
import { party } from './roles/party.ts'
import { platform } from './roles/platform.ts'
import { self } from './roles/self.ts'
import { story } from './roles/story.ts'
import type { Entity, Kind, Term } from './roles/term.ts'

/** The closed vocabulary: every role a document can bind, with its kind and business term. */
export const roles = { ...invoice, ...money, ...party, ...story, ...platform, ...exchange, ...self } as const

/** A name of the vocabulary, without an anchor: `party.name`, never `buyer.name`. */
export type Role = keyof typeof roles

/** Which party of the invoice a `buyer.…` or `seller.…` role means. */
export type Anchor = 'buyer' | 'seller'

/** A role as an overlay spells it, taken apart. */
export interface RoleName {
  readonly role: Role
  readonly anchor?: Anchor
}

/** Returns the role and anchor a name stands for, or `undefined` where the vocabulary lacks it. */
export function parseRole(name: string): RoleName | undefined {
  if (Object.hasOwn(roles, name)) return { role: name as Role }
  const anchor = /^(buyer|seller)\.(.+)$/.exec(name)
  const role = `party.${anchor?.[2]}`
  return anchor && Object.hasOwn(roles, role) ? { role: role as Role, anchor: anchor[1] as Anchor } : undefined
}

/** Returns what the vocabulary says of a role. */
export const termOf = (role: Role): Term => roles[role]

const entities = new Map(
  (Object.keys(roles) as Role[]).map((role): [Role, Entity] => [role, role.split('.')[0] as Entity]),
)

/** Returns the entity that a role is about: `line` for `line.net`. */
export const entityOf = (role: Role): Entity => entities.get(role) as Entity

/** Tells whether a word names what an operation does. */
export const isOperationRole = (word: unknown): word is OperationRole => operations.includes(word as OperationRole)

export { operations }
export type { Entity, Kind, OperationRole, Term }
