import { view } from '../spec/index.ts'
import type { Day, Entity, Model, Pointer, Scope } from '../spec/index.ts'
import type { Asked, Context, Law } from './law.ts'
import { lawsFor } from './laws.ts'
import { scopesOf } from './scopes.ts'
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
export const judge = (model: Model, schema: Pointer, body: unknown, options: JudgeOptions = {}): Verdict => judgeScope(model, view(model.shape(schema), body), body, options)

/** Returns what the laws say of an object and all below it. */
export function judgeScope(model: Model, root: Scope, body: unknown, { laws = lawsFor(model), tolerance = 0, today, asked }: JudgeOptions = {}): Verdict {
  const { bound, representation, locate } = model
  const context: Context = { bound, representation, locate, body, tolerance, ...(today !== undefined && { today }), ...(asked && { asked }) }
  const lawsOf = byEntity(laws)
  const applied: Record<string, number> = {}
  const found = new Map<string, Violation[]>()
  for (const scope of scopesOf(root)) {
    for (const law of lawsOf(scope.entity)) {
      const violations = law.violations(scope, context)
      if (!violations) continue
      applied[law.code] = (applied[law.code] ?? 0) + 1
      const list = found.get(law.code)
      if (list) list.push(...violations)
      else found.set(law.code, [...violations])
    }
  }
  return { violations: laws.flatMap(({ code }) => found.get(code) ?? []), applied }
}

function byEntity(laws: readonly Law[]): (entity: Entity) => readonly Law[] {
  const known = new Map<Entity, readonly Law[]>()
  return (entity) => {
    const list = known.get(entity) ?? laws.filter(({ scope }) => scope === 'any' || scope === entity)
    known.set(entity, list)
    return list
  }
}
