// Defines laws, clauses and findings.

import type {
  Anchor,
  BusinessObject,
  Day,
  Document,
  Entity,
  ObjectForm,
  Locate,
  Model,
  Occurrence,
  Pointer,
  Representation,
  Role,
} from '../spec/index.ts'
import type { Severity } from './violation.ts'

/** A role that a law cannot do without, spelt as in `model.bound`; a list offers alternatives, one of which is enough. */
export type Need = string | readonly string[]

/** What was asked for, where that is known: the answer must agree with it. */
export interface AskedFor {
  /** Identity in the request's path. */
  readonly id?: unknown
  /** The same object as a list showed it before. */
  readonly entry?: unknown
  /** Page number and size of the request, and what the API calls its first page. */
  readonly number?: number
  readonly size?: number
  readonly base?: number
}

/** What a law knows besides the object it judges. */
export interface LawContext {
  /** Roles the document binds anywhere: tells a term that is never written from one that is missing here. */
  readonly bound: ReadonlySet<string>
  readonly representation: Representation
  readonly locate: Locate
  readonly document: Document
  /** The body as parsed. */
  readonly body: unknown
  /** Difference in minor units that arithmetic may have. */
  readonly tolerance: number
  /** The day it is; clauses that need it are passed over without it. */
  readonly today?: Day
  readonly asked?: AskedFor
}

/** One thing that a law finds wrong: a violation without the code of its law. */
export interface LawFinding {
  readonly at: Occurrence | Pointer
  readonly expected: string
  readonly received: string
  readonly severity?: Severity
  /** Roles that it depends on, besides those of its law and its place. */
  readonly of?: readonly Role[]
}

/** Returns what does not hold of an object, nothing where all holds, or `undefined` where it does not state what is judged. */
export type Judge = (object: BusinessObject, context: LawContext) => readonly LawFinding[] | undefined

/** One condition of a law: returns how to judge objects of a form, `undefined` where these cannot state what it is about. */
export type Clause = (form: ObjectForm) => Judge | undefined

/** A business rule over roles. */
export interface Law {
  /** Rule code of EN 16931 (a citation of the arithmetic, no claim of compliance); `PF-…` where the standard has none. */
  readonly code: string
  /** The rule in one line: `total = subtotal + tax`. */
  readonly says: string
  /** The objects it is about; `any` is every one. */
  readonly about: Entity | 'any'
  /** Roles that a document must bind for the law to be held against it. */
  readonly needs: readonly Need[]
  /** Roles besides that its verdict depends on. */
  readonly uses?: readonly Role[]
  readonly clauses: readonly Clause[]
}

/** Returns a clause for objects that can state all of some roles, or have the lists of these names below them. */
export const clause =
  (parts: readonly (Role | Anchor)[], judge: Judge): Clause =>
  ({ roles, lists }) =>
    parts.every((part) => roles.has(part as Role) || lists.has(part)) ? judge : undefined

/** All holds. */
export const noFindings: readonly never[] = []

/** Tells whether a document binds what a law needs. */
export const applies = (law: Law, model: Pick<Model, 'bound'>): boolean =>
  law.needs.every((need) =>
    typeof need === 'string' ? model.bound.has(need) : need.some((role) => model.bound.has(role)),
  )
