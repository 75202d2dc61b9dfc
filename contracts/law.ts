import type { Day, Entity, Locate, Model, Occurrence, Pointer, Representation, Scope } from '../spec/index.ts'
import type { Alike } from './sift.ts'
import type { Severity, Violation } from './violation.ts'

/** A role that a law cannot do without, spelt as in `model.bound`; a list offers alternatives, one of which is enough. */
export type Need = string | readonly string[]

/** What was asked for, where that is known: the answer must agree with it. */
export interface Asked {
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
export interface Context {
  /** Roles the document binds anywhere: tells a term that is never written from one that is missing here. */
  readonly bound: ReadonlySet<string>
  readonly representation: Representation
  readonly locate: Locate
  /** The body as parsed. */
  readonly body: unknown
  /** Difference in minor units that arithmetic may have. */
  readonly tolerance: number
  /** The day it is; clauses that need it are passed over without it. */
  readonly today?: Day
  readonly asked?: Asked
}

/** What a glance at an object tells: all holds, there is nothing to judge, or that the law has to look. */
export type Glance = 'fine' | 'silent' | 'unsure'

/**
 * Returns how to glance at objects that are stated alike, `undefined` where the law has nothing to say about them. Bodies have a
 * great many objects, nearly all in order: a glance makes nothing.
 */
type Screen = (alike: Alike, context: Context) => ((scope: Scope) => Glance) | undefined

/** A business rule over roles. */
export interface Law {
  /** Rule code of EN 16931 (a citation of the arithmetic, no claim of compliance); `PF-…` where the standard has none. */
  readonly code: string
  /** The rule in one line: `total = subtotal + tax`. */
  readonly says: string
  /** The sort of object it judges; `any` is every one. */
  readonly scope: Entity | 'any'
  readonly needs: readonly Need[]
  readonly screen?: Screen
  /** Returns what does not hold, or `undefined` where the object does not state what the law needs. */
  violations(scope: Scope, context: Context): readonly Violation[] | undefined
}

/** What a judgement finds, before the law puts its name to it. */
export interface Claim {
  readonly at: Occurrence | Pointer
  readonly expected: string
  readonly received: string
  readonly severity?: Severity
}

/** A law as its file writes it. */
export interface LawParts extends Omit<Law, 'violations'> {
  judge(scope: Scope, context: Context): readonly Claim[] | undefined
}

/** Returns a law whose violations bear its code, its sentence and their place in the document. */
export function defineLaw(parts: LawParts): Law {
  const { code, says, scope: entity, needs, screen } = parts
  return {
    code,
    says,
    scope: entity,
    needs,
    ...(screen && { screen }),
    violations(scope, context) {
      const claims = parts.judge(scope, context)
      return claims?.length === 0 ? none : claims?.map((claim) => sign(parts, claim, context))
    },
  }
}

const none: readonly Violation[] = []

/** Returns the claims of two judgements, either of which may have found nothing to judge; makes nothing where neither claims anything. */
export const both = (
  left: readonly Claim[] | undefined,
  right: readonly Claim[] | undefined,
): readonly Claim[] | undefined =>
  !left || left.length === 0 ? (right ?? left) : right && right.length > 0 ? [...left, ...right] : left

function sign(
  { code, says }: Pick<Law, 'code' | 'says'>,
  { at, expected, received, severity = 'error' }: Claim,
  { locate }: Context,
): Violation {
  const pointer = typeof at === 'string' ? at : at.pointer
  const place = typeof at === 'string' || at.schema === undefined ? undefined : locate(at.schema)
  return { code, says, severity, pointer, expected, received, ...(place && { place }) }
}

/** Tells whether a document binds what a law needs. */
export const applies = (law: Law, model: Pick<Model, 'bound'>): boolean =>
  law.needs.every((need) =>
    typeof need === 'string' ? model.bound.has(need) : need.some((role) => model.bound.has(role)),
  )
