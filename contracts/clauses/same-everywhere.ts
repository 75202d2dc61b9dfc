import type { BusinessObject, Kind, Occurrence, Role, Term } from '../../spec/index.ts'
import { none } from '../law.ts'
import type { LawFinding, Clause, LawContext } from '../law.ts'
import { show } from '../violation.ts'

/** How values of some kinds are compared. */
export interface Sameness {
  readonly kinds: readonly Kind[]
  /** Tells whether two values that are not written alike mean the same. */
  readonly areSame: (home: Occurrence, other: Occurrence, object: BusinessObject, context: LawContext) => boolean
  /** Returns which values are compared with each other; all of a role, unless given. */
  readonly group?: (occurrence: Occurrence, context: LawContext) => string
  /** What is expected, given what stands at the first place. */
  readonly expected: (home: string, pointer: string) => string
}

/** A value that an object states at several places is the same everywhere. */
export const sameEverywhere =
  (sameness: Sameness): Clause =>
  ({ repeated, terms }) => {
    const compared = repeated.filter((role) => sameness.kinds.includes((terms.get(role) as Term).kind))
    if (compared.length === 0) return undefined
    return (object, context) => {
      let findings: readonly LawFinding[] | undefined
      for (const role of compared) {
        const isAlike = areWrittenAlike(object, role)
        if (isAlike === undefined) continue
        findings ??= none
        if (!isAlike) findings = [...findings, ...differences(object, role, sameness, context)]
      }
      return findings
    }
  }

/** Tells whether all values of a role are written alike, `undefined` where there are fewer than two. */
function areWrittenAlike(object: BusinessObject, role: Role): boolean | undefined {
  let home: unknown
  let isAlike: boolean | undefined
  for (const source of object.sources) {
    for (const property of source.statement.byRole.get(role) ?? none) {
      const raw = source.value(property)
      if (raw === undefined) continue
      if (home === undefined) home = raw
      else if (raw !== home) return false
      else isAlike = true
    }
  }
  return isAlike
}

function differences(
  object: BusinessObject,
  role: Role,
  { areSame, group = () => '', expected }: Sameness,
  context: LawContext,
): readonly LawFinding[] {
  const homes = new Map<string, Occurrence>()
  return object.all(role).flatMap((occurrence) => {
    const key = group(occurrence, context)
    const home = homes.get(key)
    if (!home) homes.set(key, occurrence)
    return !home || areSame(home, occurrence, object, context)
      ? []
      : [{ at: occurrence, expected: expected(show(home.raw), home.pointer), received: show(occurrence.raw) }]
  })
}
