import { view } from '../spec/index.ts'
import type { Day, Model, Pointer, Scope } from '../spec/index.ts'
import type { Asked, Context, Law } from './law.ts'
import { lawsFor } from './laws.ts'
import { scopesOf } from './scopes.ts'
import { sift } from './sift.ts'
import type { Sifted } from './sift.ts'
import type { Violation } from './violation.ts'

/** What the laws say of a body. */
export interface Verdict {
  readonly violations: readonly Violation[]
  /** How many objects each law judged, by its code; laws that found nothing to judge are missing. */
  readonly applied: Readonly<Record<string, number>>
}

/** How to judge. */
export interface JudgeOptions {
  /** Laws to hold against it; all that the document's bindings call for, unless given. */
  readonly laws?: readonly Law[]
  /** Difference in minor units that arithmetic may have; 0 unless given. */
  readonly tolerance?: number
  /** The day it is; without it, what depends on the day is not judged. */
  readonly today?: Day
  readonly asked?: Asked
}

/**
 * Returns what the laws say of a body.
 * @param schema where the body's schema stands in the document
 * @example judge(model, '/components/schemas/Invoice', body, { today }).violations
 */
export const judge = (model: Model, schema: Pointer, body: unknown, options: JudgeOptions = {}): Verdict =>
  judgeScope(model, view(model.shape(schema), body), body, options)

/** Returns what the laws say of an object and all below it. */
export function judgeScope(
  model: Model,
  root: Scope,
  body: unknown,
  { laws = lawsFor(model), tolerance = 0, today, asked }: JudgeOptions = {},
): Verdict {
  const { bound, representation, locate } = model
  const context: Context = {
    bound,
    representation,
    locate,
    body,
    tolerance,
    ...(today !== undefined && { today }),
    ...(asked && { asked }),
  }
  const sifted = sift(scopesOf(root), laws, context)
  const applied: Record<string, number> = {}
  const violations: Violation[] = []
  // Law by law, not object by object: a law that runs over many objects at a stretch runs several times faster.
  for (const [at, law] of laws.entries()) {
    const { fine, unsure } = sifted[at] as Sifted
    let count = fine
    for (let index = 0; index < unsure.length; index++) {
      const found = law.violations(unsure[index] as Scope, context)
      if (!found) continue
      count++
      if (found.length > 0) violations.push(...found)
    }
    if (count > 0) applied[law.code] = count
  }
  return { violations, applied }
}
