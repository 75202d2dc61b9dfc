// Types of the vocabulary: kinds of values, entities, terms.

/** Sorts of values a role can stand for. */
export const kinds = [
  'amount', // money, exact
  'quantity', // a count of units, may be fractional
  'rate', // a percentage
  'ratio', // a plain factor: exchange rate, confidence
  'count', // a whole number
  'date', // a calendar day
  'instant', // a moment
  'code', // one word of a closed set
  'text',
  'id', // an identity, or a foreign key to one
  'flag',
  'json', // any JSON value
  'entity', // opens the scope of another business object
  'list', // a list of business objects, each opens a scope
  'texts', // a list of texts
] as const

/** What sort of value a role stands for; decides how it is written and read. */
export type Kind = (typeof kinds)[number]

/** A business object of the core vocabulary. */
export type CoreEntity =
  | 'page'
  | 'invoice'
  | 'line'
  | 'tax'
  | 'allowance'
  | 'charge'
  | 'payment'
  | 'party'
  | 'address'
  | 'person'
  | 'email'
  | 'file'
  | 'lease'
  | 'message'
  | 'transition'

declare const own: unique symbol

/** A name that a document declares itself, in `x-roles`. */
export type OwnName = string & { readonly [own]: true }

/** A business object that roles can be about: one of the core vocabulary, or one that a document declares. */
export type Entity = CoreEntity | OwnName

/** One entry of the vocabulary. */
export interface Term {
  readonly kind: Kind
  /** For `entity` and `list`: the object it opens. For `id`: whose identity it is. */
  readonly of?: Entity
  /** Business term of EN 16931 (BT-…, BG-…), where the standard has one. */
  readonly term?: string
  /** For `code`: the words the ledger uses; an overlay's `values` maps them to the API's own. */
  readonly words?: readonly string[]
  /** For `amount`: the role of its currency, where that is not the invoice's. */
  readonly currency?: string
  /** What it means, in one line. */
  readonly says: string
  /** What laws and masks pass over: a moment that may lie ahead, a price finer than its currency, an address signed afresh for each answer, a text that names no person. */
  readonly allows?: readonly Allowance[]
  /** For a role that a document declares: how its values come about; without it, from the property of its object that it is named after. */
  readonly value?: Formula
}

type Allowance = 'ahead' | 'finer' | 'fresh' | 'public'

/** A role that a value names; `company` is the party whose books these are, `today` the day they are looked at. */
export interface Mention {
  readonly role: string
  readonly anchor?: 'buyer' | 'seller' | 'company'
  readonly term: Term
}

/** A value with `{role}` placeholders and generators (`{ $pick: [a, b] }`), as `x-roles` states it, and the roles that it names. */
export interface Formula {
  readonly template: unknown
  readonly roles: ReadonlyMap<string, Mention>
}

export type Terms = Readonly<Record<string, Term>>
